using System.Net;
using System.Net.WebSockets;
using ChatOps.Console.Assets;
using ChatOps.Console.Http;

namespace ChatOps.Tests.Console;

public sealed class GuardTests
{
    private const int AssetBudget = 200 * 1024;

    [Fact]
    public void The_content_policy_allows_nothing_unsafe_and_nothing_from_elsewhere()
    {
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy);
        Assert.DoesNotContain("*", SecurityHeaders.ContentSecurityPolicy);
        Assert.DoesNotContain("http", SecurityHeaders.ContentSecurityPolicy);
        Assert.StartsWith("default-src 'none';", SecurityHeaders.ContentSecurityPolicy);
    }

    [Fact]
    public void Scripts_and_styles_stay_within_their_budget() => Assert.InRange(new AssetStore().All.Sum(a => a.Content.Length), 10_000, AssetBudget);

    [Fact]
    public async Task Pages_hold_no_inline_style_or_script_and_every_answer_has_the_headers()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        foreach (var path in (string[])["/chat/abc", "/approvals", "/nodes", "/nodes/local", "/audit", "/access", "/status"])
        {
            using var answer = await browser.GetAsync(path);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(SecurityHeaders.ContentSecurityPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)", html);
            Assert.Contains("aria-current=\"page\"", html);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chat/abc")]
    [InlineData("/approvals")]
    [InlineData("/nodes")]
    [InlineData("/audit")]
    [InlineData("/access")]
    [InlineData("/status")]
    [InlineData("/complete?text=/r")]
    [InlineData("/palette?q=a")]
    [InlineData("/files/abc")]
    public async Task A_stranger_gets_the_sign_in_page_and_nothing_else(string path)
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = console.Browser();

        using var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Sign in to ChatOps", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_change_from_anywhere_but_a_page_of_the_console_is_refused(string origin)
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        foreach (var path in (string[])["/chat/abc/messages", "/chat/abc/stop", "/chat/abc/title", "/sign-out", "/approvals/ABC123/approve", "/grants/ABC123/revoke", "/access/grant", "/audit/export", "/audit/verify"])
        {
            using var answer = await console.PostAsync(browser, path, new { clientId = "c1", kind = "text", text = "/run id --on local" }, origin);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(console.Web.Accepted);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/nodes")).StatusCode);
    }

    [Fact]
    public async Task A_live_connection_needs_the_consoles_own_origin_and_a_session()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("ana", cookies);

        await Assert.ThrowsAsync<WebSocketException>(() => console.LiveAsync(cookies, origin: "https://evil.example"));
        await Assert.ThrowsAsync<WebSocketException>(() => console.LiveAsync(new CookieContainer()));
        using var socket = await console.LiveAsync(cookies);
        Assert.NotNull(await ConsoleHarness.NextAsync(socket, "panes"));
    }

    [Fact]
    public async Task A_name_that_somebody_points_here_is_not_answered()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nodes");
        request.Headers.Host = $"evil.example:{console.Address.Port}";

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Who_may_not_see_a_page_is_told_why_inside_the_console()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("guest");
        foreach (var path in (string[])["/approvals", "/nodes", "/nodes/local", "/audit", "/audit/abc", "/access", "/status"])
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("You may not see this.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        using var verify = await console.PostAsync(browser, "/audit/verify", new { });
        Assert.Equal(HttpStatusCode.Forbidden, verify.StatusCode);
    }

    [Fact]
    public async Task Static_files_may_be_kept_for_ever_and_are_known_by_their_tag()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = console.Browser();
        var path = new AssetStore().Root + "/console.css";

        using var first = await browser.GetAsync(path);
        Assert.Contains(first.Headers.CacheControl!.Extensions, e => e.Name == "immutable");
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await browser.SendAsync(again)).StatusCode);
    }
}
