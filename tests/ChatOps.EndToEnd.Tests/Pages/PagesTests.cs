using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Pages;

/// <summary>What a person does on the other pages, in a real browser.</summary>
public sealed class PagesTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task Each_page_shows_what_it_is_for_and_the_record_is_verified_at_a_press()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var console = await ConsolePage.SignInAsync(chromium.Browser, gateway);
        var page = console.Page;
        var main = page.Locator("main");

        await console.OpenAsync("/nodes");
        await main.GetByText("local").First.WaitForAsync();
        await console.OpenAsync("/nodes/local");
        await main.GetByText("kernel").First.WaitForAsync();
        await console.OpenAsync("/status");
        await main.GetByText("Writes and reads work.").First.WaitForAsync();
        await console.OpenAsync("/approvals");
        await main.GetByText("Nothing waits for you").First.WaitForAsync();
        await console.OpenAsync("/access?person=owner&tool=run&on=local");
        await main.GetByText("owner may use run on local").First.WaitForAsync();
        await console.OpenAsync("/audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await page.GetByText("The record is intact.").WaitForAsync();
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var console = await ConsolePage.SignInAsync(chromium.Browser, gateway);
        var cookie = Assert.Single(await console.Page.Context.CookiesAsync());
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        Assert.Equal("", await console.Page.EvaluateAsync<string>("document.cookie"));
    }
}
