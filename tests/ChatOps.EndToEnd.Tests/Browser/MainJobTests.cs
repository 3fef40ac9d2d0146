using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Browser;

public sealed class MainJobTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task A_newcomer_opens_the_printed_link_reads_changes_by_card_and_finds_both_in_a_record_that_verifies()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var page = await (await chromium.Browser.NewContextAsync()).NewPageAsync();

        await page.GotoAsync(gateway.SignInLink);
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
        await SayAsync(page, "/run uptime --on local");
        await page.GetByText("load average").WaitForAsync();

        var made = folder.In("made-by-card");
        await SayAsync(page, $"/run touch {made} --on local");
        var card = page.Locator("main").GetByText($"Run touch {made} on local");
        await card.First.WaitForAsync();
        foreach (var shown in (string[])["Exactly what will run", "Runs as", "Directory", "Timeout", "Asked by", "Needs", "Expires", "sha256:"])
            await page.Locator("main").GetByText(shown).First.WaitForAsync();
        Assert.False(File.Exists(made));
        await page.GetByRole(AriaRole.Button, new() { Name = "Run on local" }).First.ClickAsync();
        await page.GetByText("succeeded").First.WaitForAsync();
        Assert.True(File.Exists(made));

        await page.GotoAsync(new Uri(gateway.Address, "/audit").ToString());
        await page.GetByText($"Run touch {made} on local").First.WaitForAsync();
        await page.GetByText("Run uptime on local").First.WaitForAsync();
        var verification = await gateway.CallAsync("audit_verify", new { });
        Assert.True((bool)verification["result"]!["intact"]!, verification.ToJsonString());
    }

    [Fact]
    public async Task The_link_works_once_and_its_second_use_says_how_to_get_another()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var first = await (await chromium.Browser.NewContextAsync()).NewPageAsync();
        await first.GotoAsync(gateway.SignInLink);
        await first.WaitForURLAsync("**/chat/**");

        var second = await (await chromium.Browser.NewContextAsync()).NewPageAsync();
        await second.GotoAsync(gateway.SignInLink);
        Assert.Contains("access link", await second.ContentAsync(), StringComparison.Ordinal);
        await second.GotoAsync(new Uri(gateway.Address, "/audit").ToString());
        Assert.DoesNotContain("signed in to the console", await second.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_card_runs_nothing_and_keeps_the_reason()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var console = await ConsolePage.SignInAsync(chromium.Browser, gateway);
        var made = folder.In("never-made");
        await console.SayAsync($"/run touch {made} --on local");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Decline" }).First.WaitForAsync();
        var pending = await gateway.CallAsync("approvals_list", new { });
        await console.SayAsync($"/deny {(string)pending["result"]![0]!["id"]!} --reason 'not during the day'");
        await console.Page.GetByText("not during the day").First.WaitForAsync();
        Assert.False(File.Exists(made));
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Output_from_outside_stays_text_under_a_strict_policy()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var console = await ConsolePage.SignInAsync(chromium.Browser, gateway);
        await console.SayAsync("/run echo '<img src=x onerror=alert(1)><script>document.title=\"owned\"</script> @everyone' --on local");
        await console.Page.GetByText("@everyone").Nth(1).WaitForAsync();
        Assert.NotEqual("owned", await console.Page.TitleAsync());
        Assert.Equal(0, await console.Page.Locator("main img").CountAsync());
        Assert.Empty(console.Errors);

        using var response = await gateway.Client.GetAsync("/");
        var policy = string.Join(" ", response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private static async Task SayAsync(IPage page, string text)
    {
        var input = page.Locator("textarea").First;
        await input.FillAsync(text);
        await page.Keyboard.PressAsync("Escape");
        await input.PressAsync("Enter");
    }
}
