from playwright.sync_api import Page, expect


def test_the_admin_works_under_the_content_security_policy(editor_page: Page) -> None:
    editor_page.goto("/admin/auth/user/")
    editor_page.click("#result_list .field-username a")

    # The two lists side by side are made by script: without it there is one plain list.
    editor_page.wait_for_selector(".selector-chosen")
    editor_page.fill("#id_last_name", "Muster")
    editor_page.click("[name=_save]")

    expect(editor_page.locator(".success")).to_be_visible()


def test_the_pages_of_the_admin_are_styled(editor_page: Page) -> None:
    header = editor_page.locator("#header").evaluate("element => getComputedStyle(element).backgroundColor")

    assert header != "rgba(0, 0, 0, 0)"
