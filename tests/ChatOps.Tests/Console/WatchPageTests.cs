using System.Text.RegularExpressions;
using ChatOps.Checks;
using ChatOps.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

/// <summary>The pages Checks and Schedules: every button and form that they show, pressed as the page's script presses it, and who has none of them.</summary>
public sealed partial class WatchPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_is_looked_at_silenced_and_heard_again_from_its_page()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        var done = ((FakeChecks)console.Services.GetRequiredService<IChecks>()).Done;
        const string Page = "/checks/" + FakeChecks.Name;

        var bad = await browser.GetStringAsync("/checks?show=bad", Token);
        Assert.Contains("web-1", bad, StringComparison.Ordinal);
        Assert.DoesNotContain("web-2", bad, StringComparison.Ordinal);
        Assert.Equal([$"{Page}/run", $"{Page}/silence"], await WaysAsync(browser, Page));

        await PressAsync(console, browser, $"{Page}/run", new { }, ok: true);
        await PressAsync(console, browser, $"{Page}/silence", new { @for = "40d" }, ok: false);
        await PressAsync(console, browser, $"{Page}/silence", new { @for = "4h", node = "web-1", reason = "being <b>mended</b>" }, ok: true);
        var silent = await browser.GetStringAsync(Page, Token);
        Assert.DoesNotContain("<b>mended</b>", silent, StringComparison.Ordinal);
        Assert.Contains($"{Page}/unsilence", await WaysAsync(browser, Page));
        await PressAsync(console, browser, $"{Page}/unsilence", new { }, ok: true);
        await PressAsync(console, browser, $"{Page}/unsilence", new { }, ok: false);

        Assert.Equal([$"looked at {FakeChecks.Name}", $"ana silenced {FakeChecks.Name} on web-1 until {console.Time.GetUtcNow().AddHours(4):HH:mm}: being <b>mended</b>", $"ended 1 of {FakeChecks.Name}", $"ended 0 of {FakeChecks.Name}"], done);
    }

    [Fact]
    public async Task A_schedule_is_added_paused_resumed_run_and_removed_from_its_page_and_one_of_the_settings_too()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        var done = ((FakeSchedules)console.Services.GetRequiredService<ISchedules>()).Done;
        const string Page = "/schedules/" + FakeSchedules.Name;

        Assert.Contains("/schedules", await WaysAsync(browser, "/schedules"));
        Assert.Equal([$"{Page}/pause", $"{Page}/remove", $"{Page}/run"], await WaysAsync(browser, Page));
        foreach (var when in new[] { "0 9 * * 1-5", "15m", "2026-12-01 09:00" }) await PressAsync(console, browser, "/schedules", new { when, work = "/fleet status", to = "web", name = "made" }, ok: true);
        await PressAsync(console, browser, "/schedules", new { when = "15m", work = "broken" }, ok: false);
        await PressAsync(console, browser, $"{Page}/pause", new { }, ok: true);
        await PressAsync(console, browser, $"{Page}/pause", new { }, ok: false);
        Assert.Contains($"{Page}/resume", await WaysAsync(browser, Page));
        await PressAsync(console, browser, $"{Page}/resume", new { }, ok: true);
        await PressAsync(console, browser, $"{Page}/run", new { }, ok: true);
        Assert.Contains("\"href\":\"/schedules\"", await PressAsync(console, browser, $"{Page}/remove", new { }, ok: true), StringComparison.Ordinal);
        Assert.Contains($"/schedules/{FakeSchedules.Review}/remove", await WaysAsync(browser, "/schedules/" + FakeSchedules.Review));

        Assert.Equal(
        [
            "ana added /fleet status, cron '0 9 * * 1-5' every '' at '' to web as made", "ana added /fleet status, cron '' every '00:15:00' at '' to web as made", "ana added /fleet status, cron '' every '' at '2026-12-01 09:00' to web as made",
            "morning is Paused", "morning is Active", "morning begins", "morning is removed",
        ], done);
    }

    [Fact]
    public async Task Who_may_not_gets_no_page_and_changes_nothing()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("guest");
        foreach (var page in new[] { "/checks", "/checks/" + FakeChecks.Name, "/schedules", "/schedules/" + FakeSchedules.Name }) Assert.Empty(await WaysAsync(browser, page));
        foreach (var way in new[] { $"/checks/{FakeChecks.Name}/run", $"/checks/{FakeChecks.Name}/silence", "/schedules", $"/schedules/{FakeSchedules.Name}/remove" })
            await PressAsync(console, browser, way, new { @for = "1h", when = "15m", work = "/nodes" }, ok: false);

        Assert.Empty(((FakeChecks)console.Services.GetRequiredService<IChecks>()).Done);
        Assert.Empty(((FakeSchedules)console.Services.GetRequiredService<ISchedules>()).Done);
    }

    // Where the page's script would send to, for each button and form.
    private static async Task<IReadOnlyList<string>> WaysAsync(HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(page, Token);
        return [.. Ways().Matches(await answer.Content.ReadAsStringAsync(Token)).Select(m => m.Groups["way"].Value).Where(w => w.StartsWith("/checks", StringComparison.Ordinal) || w.StartsWith("/schedules", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<string> PressAsync(ConsoleHarness console, HttpClient browser, string way, object body, bool ok)
    {
        using var answer = await console.PostAsync(browser, way, body);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(text.Contains("\"ok\":true", StringComparison.Ordinal) == ok, $"{way}: {text}");
        return text;
    }

    [GeneratedRegex("(data-post=\"|data-send action=\")(?<way>[^\"]+)\"")]
    private static partial Regex Ways();
}
