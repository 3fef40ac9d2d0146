using ChatOps.Identity;
using ChatOps.Tests.Gate;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

public sealed class PairingPageTests
{
    [Fact]
    public async Task Who_asks_to_be_let_in_stands_on_the_access_page_and_is_let_in_there_through_the_gate()
    {
        await using var console = await ConsoleHarness.StartAsync();
        console.Access.KnownRoles.Add("viewer");
        using var browser = await console.SignInAsync("ana");

        var html = await browser.GetStringAsync("/access");
        Assert.Contains(FakePairings.Code, html, StringComparison.Ordinal);
        Assert.Contains(FakePairings.Row.Actor.Key, html, StringComparison.Ordinal);

        using var answer = await console.PostAsync(browser, "/access/pair", new { code = FakePairings.Code, role = "viewer", person = "" });
        Assert.Contains("\"ok\":true", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var denied = await console.PostAsync(browser, "/access/pair/deny", new { code = FakePairings.Code });
        Assert.Contains("\"ok\":true", await denied.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(
            [$"{FakePairings.Code} is eve, viewer, by ana", $"{FakePairings.Code} denied by ana"],
            ((FakePairings)console.Services.GetRequiredService<IPairings>()).Done);
    }

    [Fact]
    public async Task Who_may_not_see_requests_sees_none_and_lets_nobody_in()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("guest");

        using var page = await browser.GetAsync("/access", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(FakePairings.Code, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var answer = await console.PostAsync(browser, "/access/pair", new { code = FakePairings.Code, role = "viewer" });
        Assert.DoesNotContain("\"ok\":true", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(((FakePairings)console.Services.GetRequiredService<IPairings>()).Done);
    }
}
