"""What a reader does in an opened report: opens a page, looks at a column."""

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait


def open_page(report: webdriver.Chrome, title: str) -> WebElement:
    report.find_element(By.XPATH, f"//nav//a[text()='{title}']").click()
    page = WebDriverWait(report, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, "article.page.on:not(#overview)"))
    WebDriverWait(report, 5).until(lambda d: not page.find_elements(By.CSS_SELECTOR, ".waits"))
    return page


def column(table: WebElement, number: int) -> list[str]:
    return [cell.text for cell in table.find_elements(By.CSS_SELECTOR, f"tbody tr td:nth-child({number})")]


def head(table: WebElement, text: str) -> tuple[WebElement, int]:
    buttons = table.find_elements(By.CSS_SELECTOR, "th button")
    number = next(n for n, button in enumerate(buttons, 1) if button.text.startswith(text))
    return buttons[number - 1], number
