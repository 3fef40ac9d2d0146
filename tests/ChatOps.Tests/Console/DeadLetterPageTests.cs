using System.Net;
using ChatOps.Audit;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

/// <summary>The pages of messages that were given up: what they show, to whom, and what is done from them.</summary>
public sealed class DeadLetterPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_letters_are_listed_with_their_reasons_and_sent_again_or_dropped_through_the_gate()
    {
        await using var console = await WithLettersAsync();
        using var browser = await console.SignInAsync("ana");

        var list = await browser.GetStringAsync("/dlq", Token);
        foreach (var shown in (string[])["href=\"/dlq/01aa1\"", "href=\"/dlq/01bb1\"", "chat not found", "&lt;b&gt;hello&lt;/b&gt;", "data-post=\"/dlq/all/drop\""]) Assert.Contains(shown, list, StringComparison.Ordinal);
        Assert.DoesNotContain("01cc0", list, StringComparison.Ordinal);
        var status = await browser.GetStringAsync("/status", Token);
        foreach (var shown in (string[])["href=\"/dlq/01aa1\"", "href=\"/dlq/01bb1\""]) Assert.Contains(shown, status, StringComparison.Ordinal);

        Assert.Contains("\"href\":\"/dlq\"", await PostAsync(console, browser, "01aa1/retry"), StringComparison.Ordinal);
        Assert.Equal(OutboxState.Pending, (await FindAsync(console, "01aa1"))!.State);
        Assert.Contains("\"ok\":true", await PostAsync(console, browser, "01bb1/drop"), StringComparison.Ordinal);
        Assert.Null(await FindAsync(console, "01bb1"));
        Assert.Contains("Nothing was given up", await browser.GetStringAsync("/dlq", Token), StringComparison.Ordinal);

        // It is none any more.
        Assert.Contains("\"ok\":false", await PostAsync(console, browser, "01aa1/drop"), StringComparison.Ordinal);
        using var gone = await browser.GetAsync("/dlq/01aa1", Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Who_looks_at_one_is_recorded_and_does_not_see_its_buttons()
    {
        await using var console = await WithLettersAsync();
        using var browser = await console.SignInAsync("ana");

        var html = await browser.GetStringAsync("/dlq/01bb1", Token);
        Assert.Contains("may I?", html, StringComparison.Ordinal);
        Assert.Contains("may have arrived", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-token", html, StringComparison.Ordinal);
        Assert.Contains(await console.Services.GetRequiredService<IAuditLog>().QueryAsync(new AuditQuery(), Token), r => r.Entry.Tool == "dlq_show");
    }

    [Fact]
    public async Task Who_may_not_see_dead_letters_sees_none_and_changes_none()
    {
        await using var console = await WithLettersAsync();
        using var browser = await console.SignInAsync("guest");

        foreach (var path in (string[])["/dlq", "/dlq/01aa1", "/dlq/none"])
        {
            using var page = await browser.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
            Assert.DoesNotContain("hello", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        foreach (var what in (string[])["01aa1/retry", "all/retry", "01aa1/drop", "all/drop"]) Assert.Contains("\"ok\":false", await PostAsync(console, browser, what), StringComparison.Ordinal);
        Assert.Equal(OutboxState.Failed, (await FindAsync(console, "01aa1"))!.State);
        Assert.Equal(OutboxState.Unknown, (await FindAsync(console, "01bb1"))!.State);
    }

    private static async Task<ConsoleHarness> WithLettersAsync()
    {
        var console = await ConsoleHarness.StartAsync();
        var now = console.Time.GetUtcNow();
        var card = new RichMessage([new TextBlock("may I?"), new ActionsBlock([new MessageAction("t", "Yes", ActionStyle.Primary)])]);
        await console.Store.WriteAsync(
            s =>
            {
                s.Outbox.Add(new("01aa1", "telegram/7", "m1", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("<b>hello</b>"), OutboxState.Failed, 3, now, "chat not found", now));
                s.Outbox.Add(new("01bb1", "telegram/7", "m2", OutboundOperation.Send, ReplyPriority.Approval, card, OutboxState.Unknown, 1, now, "The connection broke.", now));
                s.Outbox.Add(new("01cc0", "telegram/7", "m3", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("waits"), OutboxState.Pending, 0, now, null, now));
                return true;
            },
            Token);
        return console;
    }

    private static Task<OutboxItem?> FindAsync(ConsoleHarness console, string id) => console.Store.ReadAsync(s => s.Outbox.Find(id), Token);

    private static async Task<string> PostAsync(ConsoleHarness console, HttpClient browser, string what)
    {
        using var answer = await console.PostAsync(browser, "/dlq/" + what, new { });
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
