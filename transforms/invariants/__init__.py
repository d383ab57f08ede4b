"""What must hold of a filing that was read rightly; where it does not, the reading is doubted."""
