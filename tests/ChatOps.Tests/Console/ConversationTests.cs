using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Channels;
using ChatOps.Console.Chat;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Console;

public sealed class ConversationTests
{
    private static object Message(string id, string text, string kind = "text") => new { clientId = id, kind, text };

    [Fact]
    public async Task A_message_reaches_the_channel_as_its_writer_in_their_own_conversation()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", $"hello {ConsoleHarness.Secret}"));

        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetBoolean());
        var accepted = Assert.Single(console.Web.Accepted);
        Assert.Equal(("web:ana", "ana.abc", "c1", InboundKind.Text), (accepted.Actor.Key, accepted.Chat, accepted.ClientId, accepted.Kind));
        var conversation = await console.Store.ReadAsync(s => s.Conversations.Find(new ConversationKey("web", "ana.abc").Id), CancellationToken.None);
        Assert.Equal("ana", conversation?.Owner);
        Assert.StartsWith("hello [redacted:test", conversation?.Title);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_accepted_once()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");
        for (var i = 0; i < 3; i++)
        {
            using var answer = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", "hello"));
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetBoolean());
        }

        Assert.Single(console.Web.Accepted);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_with_a_sentence()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", new string('x', InboundMessage.MaxTextLength + 1)));

        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(said.GetProperty("accepted").GetBoolean());
        Assert.Contains("at most", said.GetProperty("message").GetString());
        Assert.Empty(console.Web.Accepted);
    }

    [Fact]
    public async Task A_megabyte_is_refused_before_it_is_read()
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", new string('x', 1024 * 1024)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(console.Web.Accepted);
    }

    [Theory]
    [InlineData("/chat/ana.abc")]
    [InlineData("/chat/..%2Fana.abc")]
    [InlineData("/chat/ABC")]
    public async Task No_address_names_somebody_elses_conversation(string path)
    {
        await using var console = await ConsoleHarness.StartAsync();
        using var browser = await console.SignInAsync("li");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_conversation_that_belongs_to_somebody_else_is_refused_everywhere()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("li", cookies);
        // As if the id were li's, and yet another person its owner: the owner decides.
        var id = new ConversationKey("web", "li.abc").Id;
        await console.Store.WriteAsync(s => { s.Conversations.Touch(id, "ana", "secret plans", console.Time.GetUtcNow()); return true; }, CancellationToken.None);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/chat/abc")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/chat/abc/earlier?before=z")).StatusCode);
        foreach (var (path, body) in ((string, object)[])[("/chat/abc/messages", Message("c1", "x")), ("/chat/abc/title", new { title = "mine" }), ("/chat/abc/stop", new { })])
            Assert.Equal(HttpStatusCode.NotFound, (await console.PostAsync(browser, path, body)).StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => console.LiveAsync(cookies, "abc"));
        Assert.Empty(console.Web.Accepted);
    }

    [Fact]
    public void A_person_whose_name_begins_with_anothers_does_not_share_conversations() =>
        Assert.Null(ChatAddress.SlugOf(new ConversationKey("web", "ana.b.xyz").Id, new Principal("ana", "Ana", [], [])));

    [Fact]
    public async Task What_happens_is_pushed_as_rendered_entries()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("ana", cookies);
        using var started = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", "hi"));
        var id = new ConversationKey("web", "ana.abc").Id;
        using var socket = await console.LiveAsync(cookies, "abc");
        Assert.NotNull(await ConsoleHarness.NextAsync(socket, "complete"));

        console.Web.Tell("ana.abc", new WebChatEvent(WebChatEventKind.Progress, "01message", RichMessage.Text("working on it")));
        var progress = await ConsoleHarness.NextAsync(socket, "entry");
        Assert.Contains("working on it", progress?.GetProperty("html").GetString());
        Assert.Contains("data-stop", progress?.GetProperty("html").GetString());

        var now = console.Time.GetUtcNow();
        await console.Store.WriteAsync(s => { s.Outbox.AddMessage(new StoredMessage("01message", id, null, RichMessage.Text("done now"), null, now, now)); return true; }, CancellationToken.None);
        console.Web.Tell("ana.abc", new WebChatEvent(WebChatEventKind.MessageChanged, "01message"));
        var done = await ConsoleHarness.NextAsync(socket, "entry");
        Assert.Contains("done now", done?.GetProperty("html").GetString());
        Assert.DoesNotContain("data-stop", done?.GetProperty("html").GetString());
    }

    [Fact]
    public async Task A_message_of_another_conversation_is_not_pushed()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("ana", cookies);
        using var started = await console.PostAsync(browser, "/chat/abc/messages", Message("c1", "hi"));
        using var socket = await console.LiveAsync(cookies, "abc");
        Assert.NotNull(await ConsoleHarness.NextAsync(socket, "complete"));
        var now = console.Time.GetUtcNow();
        await console.Store.WriteAsync(s => { s.Outbox.AddMessage(new StoredMessage("01foreign", "web/li.x", null, RichMessage.Text("secret"), null, now, now)); return true; }, CancellationToken.None);

        console.Web.Tell("ana.abc", new WebChatEvent(WebChatEventKind.MessageChanged, "01foreign"));
        console.Web.Tell("ana.abc", new WebChatEvent(WebChatEventKind.Progress, "01mine", RichMessage.Text("mine")));

        Assert.Equal("01mine", (await ConsoleHarness.NextAsync(socket, "entry"))?.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_live_connection_ends_when_its_person_is_removed()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var cookies = new CookieContainer();
        using var browser = await console.SignInAsync("ana", cookies);
        using var socket = await console.LiveAsync(cookies);
        Assert.NotNull(await ConsoleHarness.NextAsync(socket, "panes"));

        console.Access.Remove("ana");
        var ended = ConsoleHarness.NextAsync(socket, "ended");
        await Until.TrueAsync(() =>
        {
            console.Time.Advance(TimeSpan.FromSeconds(1));
            return ended.IsCompleted;
        });

        Assert.NotNull(await ended);
    }
}
