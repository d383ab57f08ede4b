"""The bureau's own form: each project's review in four dimensions, proposed by the program, decided by people."""
