using System.Net;
using ChatOps.Audit;
using ChatOps.Console;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

public sealed class SignInTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_link_signs_in_once()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var link = await console.LinkAsync("ana");
        using var first = console.Browser();
        using var second = console.Browser();

        using var answer = await first.GetAsync(link);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/approvals")).StatusCode);
    }

    [Fact]
    public async Task Of_many_who_open_a_link_at_once_one_is_signed_in()
    {
        await using var console = await ConsoleHarness.StartAsync(new ConsoleOptions { SignInFailures = 1000, SignInFailuresInAll = 1000 });
        var link = await console.LinkAsync("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var browser = console.Browser();
            using var answer = await browser.GetAsync(link);
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.Redirect);
        Assert.Equal(19, answers.Count(a => a == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task An_expired_link_says_how_to_get_a_new_one()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var link = await console.LinkAsync("ana");
        console.Time.Advance(new ConsoleOptions().SignInLinkLifetime + Second);
        using var browser = console.Browser();

        using var answer = await browser.GetAsync(link);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("chatops access link", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_hashes_of_codes_and_sessions_are_stored()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var link = await console.LinkAsync("ana");
        var code = link[(link.IndexOf('=') + 1)..];

        var links = await console.Store.ReadAsync(s => s.Credentials.List(CredentialKind.SignInLink, console.Time.GetUtcNow()), CancellationToken.None);

        Assert.DoesNotContain(code, Assert.Single(links).Hash);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_lasts_while_it_is()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        var options = new ConsoleOptions();

        console.Time.Advance(options.SessionIdle - Second);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/nodes")).StatusCode);
        console.Time.Advance(options.SessionIdle - Second);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/nodes")).StatusCode);
        console.Time.Advance(options.SessionIdle + TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nodes")).StatusCode);
    }

    [Fact]
    public async Task No_session_outlives_its_maximum()
    {
        await using var console = await ConsoleHarness.StartAsync(new ConsoleOptions { SessionMax = TimeSpan.FromHours(20) });
        using var browser = await console.SignInAsync("ana");

        console.Time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/nodes")).StatusCode);
        console.Time.Advance(TimeSpan.FromHours(10) + Second);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nodes")).StatusCode);
    }

    [Fact]
    public async Task A_removed_person_is_out_at_once()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        console.Access.Remove("ana");

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nodes")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_gateway_too()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("ana", cookies);
        var kept = cookies.GetCookieHeader(console.Address);

        using var answer = await console.PostAsync(browser, "/sign-out", new { });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var thief = console.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", kept);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/nodes")).StatusCode);
    }

    [Fact]
    public async Task Failures_are_recorded_and_then_have_to_wait()
    {
        await using var console = await ConsoleHarness.StartAsync(new ConsoleOptions { SignInFailures = 3 });
        using var browser = console.Browser();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/sign-in?code=guess")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GetAsync("/sign-in?code=guess")).StatusCode);

        var records = await console.Services.GetRequiredService<IAuditLog>().QueryAsync(new AuditQuery(Outcome: "refused"), CancellationToken.None);
        Assert.Equal(3, records.Count(r => r.Entry.Kind == AuditKind.SignIn));
        console.Time.Advance(new ConsoleOptions().SignInWindow + Second);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(await console.LinkAsync("ana"))).StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_followed_from_another_site_goes_on_from_a_page_of_ours()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, await console.LinkAsync("ana"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("url=/", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_browser_that_only_guesses_does_not_use_up_a_link()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var link = await console.LinkAsync("ana");
        using var browser = console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Add("Sec-Purpose", "prefetch;prerender");

        Assert.False((await browser.SendAsync(request)).Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(link)).StatusCode);
    }
}
