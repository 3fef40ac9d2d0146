using System.Net;
using ChatOps.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

/// <summary>The pages of incidents: what they show, to whom, and what is done from them.</summary>
public sealed class IncidentPageTests
{
    private const string Page = "/incidents/" + FakeIncidents.Id;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_shows_its_timeline_with_a_link_to_each_record_and_is_noted_and_resolved_through_the_gate()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        Assert.Contains($"href=\"{Page}\"", await browser.GetStringAsync("/incidents?show=open", Token), StringComparison.Ordinal);
        var html = await browser.GetStringAsync(Page, Token);
        Assert.Contains(FakeIncidents.Note, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/audit/audit-17\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/chat/checks\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>web-1</b>", html, StringComparison.Ordinal);

        await PostAsync(console, browser, "note", new { text = "it is back" }, done: true);
        await PostAsync(console, browser, "resolve", new { note = "a log" }, done: true);
        Assert.Equal(["ana noted it is back", "ana resolved it: a log"], Incidents(console).Done);

        var after = await browser.GetStringAsync(Page, Token);
        Assert.Contains("1970-01-01-incident-7F3K2M.md", after, StringComparison.Ordinal);
        Assert.DoesNotContain("data-send", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{Page}\"", await browser.GetStringAsync("/incidents?show=open", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_incidents_sees_none_and_changes_none()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("guest");

        foreach (var path in new[] { "/incidents", Page })
        {
            using var page = await browser.GetAsync(path, Token);
            Assert.DoesNotContain("disk-root", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        await PostAsync(console, browser, "note", new { text = "x" }, done: false);
        await PostAsync(console, browser, "resolve", new { note = "x" }, done: false);
        Assert.Empty(Incidents(console).Done);
    }

    [Fact]
    public async Task An_id_that_is_no_incident_is_not_found()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        using var page = await browser.GetAsync("/incidents/NONE00", Token);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static FakeIncidents Incidents(ConsoleHarness console) => (FakeIncidents)console.Services.GetRequiredService<IIncidents>();

    private static async Task PostAsync(ConsoleHarness console, HttpClient browser, string what, object body, bool done)
    {
        using var answer = await console.PostAsync(browser, $"{Page}/{what}", body);
        Assert.Equal(done, (await answer.Content.ReadAsStringAsync(Token)).Contains("\"ok\":true", StringComparison.Ordinal));
    }
}
