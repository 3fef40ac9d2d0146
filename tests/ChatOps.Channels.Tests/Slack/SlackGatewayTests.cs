using ChatOps.Approvals;
using ChatOps.Host;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Slack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>The whole gateway with the Slack channel: store, inbox, turns, gate, approvals, outbox. Nothing but Slack is a stand-in.</summary>
public sealed class SlackGatewayTests : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private SlackServer server = null!;
    private IHost host = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SlackServer.StartAsync(SlackSaid.Workspace().WithPerson("U3", "mallory"));
        var workspace = Directory.CreateDirectory(directory["workspace"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(workspace, "access.yaml"),
            "people:\n  ada:\n    roles: [admin]\n    identities: ['slack:T0TEAM:U1']\n  grace:\n    roles: [admin]\n    identities: ['slack:T0TEAM:U2']\n  vic:\n    roles: [viewer]\n    identities: ['slack:T0TEAM:U4']\n");
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "http://127.0.0.1:0";
        options.Logging.Level = "Error";
        options.Approvals.FourEyes = FourEyes.Always;
        (options.Slack.Enabled, options.Slack.BotToken, options.Slack.AppToken, options.Slack.ApiBase) = (true, server.BotToken, server.AppToken, server.ApiBase.AbsoluteUri);
        var data = Directory.CreateDirectory(directory["data"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddChatOps(new GatewaySetup(GatewayMode.Gateway, options, new GatewayPlaces(null, workspace), data));
        host = builder.Build();
        Assert.Null(host.Services.GetRequiredService<IDataDirectoryLock>().TryTake(null));
        await host.Services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        await host.Services.GetRequiredService<IStore>().WriteAsync(session =>
        {
            session.Admissions.SetGroup(new GroupRow("slack", "C1", "ops", Admitted: true, null, DateTimeOffset.UnixEpoch));
            return true;
        }, CancellationToken.None);
        await host.StartAsync();
        await Until.TrueAsync(() => server.Sockets.Open.Count == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await server.DisposeAsync();
        directory.Dispose();
    }

    private IReadOnlyList<SlackPost> In(string channel) => server.Workspace.In(channel);

    // Not the first message with buttons: what takes a moment says that it is worked on, and can be stopped there.
    private async Task<SlackPost> CardAsync()
    {
        await Until.TrueAsync(() => In("C1").Any(IsCard));
        return In("C1").Single(IsCard);

        static bool IsCard(SlackPost post) => post.Buttons.Any(b => b["text"]!["text"]!.GetValue<string>() == "Decline");
    }

    private Task PressAsync(SlackPost post, int button, string user) =>
        server.Sockets.DeliverAsync("interactive", SlackSaid.Press(post.Buttons[button], post, user, server.NewTrigger(), Some.Unique("17000000")));

    [Fact]
    public async Task A_mention_is_answered_in_its_thread_and_a_direct_message_in_its_place()
    {
        await server.Sockets.DeliverAsync("events_api", SlackSaid.Mention("<@U0BOT> /run --on local -- echo hello-there", "1700000001.000100"));
        await Until.TrueAsync(() => In("C1").Any(p => p.Thread == "1700000001.000100" && p.Shown.Contains("hello-there", StringComparison.Ordinal)));
        await server.Sockets.DeliverAsync("events_api", SlackSaid.Direct("/help", "1700000002.000100"));
        await Until.TrueAsync(() => In("D1").Any(p => p.Thread is null && p.Shown.Contains("/run", StringComparison.Ordinal)));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task A_dangerous_command_waits_for_a_second_person_and_its_card_tells_the_outcome()
    {
        var file = directory["made"];
        await server.Sockets.DeliverAsync("slash_commands", SlackSaid.Command($"run --on local -- touch {file}", "13.1.abc"));
        var card = await CardAsync();
        Assert.False(File.Exists(file));

        // Somebody without a role, and the one who asked: each is told alone, and the card stays.
        server.Workspace.Rooms["C1"] = new SlackRoom("C1", "ops", IsDirect: false, ["U1", "U2", "U3", "U4", "U0BOT"]);
        foreach (var user in new[] { "U4", "U1" })
        {
            await PressAsync(card, 0, user);
            await Until.TrueAsync(() => In("C1").Any(p => p.OnlyFor == user));
        }

        Assert.NotEmpty(card.Buttons);
        Assert.False(File.Exists(file));
        await PressAsync(card, 0, "U2");
        await Until.TrueAsync(() => File.Exists(file));
        await Until.TrueAsync(() => card.Buttons.Count == 0 && card.Shown.Contains("succeeded", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("grace", card.Shown, StringComparison.Ordinal);
        Assert.Empty(server.Violations);
        Assert.Empty(server.Rung);
    }

    [Fact]
    public async Task Declining_with_a_reason_shows_it_on_the_card()
    {
        await server.Sockets.DeliverAsync("slash_commands", SlackSaid.Command($"run --on local -- touch {directory["made"]}", "13.1.abd"));
        var card = await CardAsync();
        var decline = Enumerable.Range(0, card.Buttons.Count).First(i => card.Buttons[i]["action_id"]!.GetValue<string>().StartsWith("chatops_ask", StringComparison.Ordinal));
        await PressAsync(card, decline, "U2");
        await Until.TrueAsync(() => server.Views.Count == 1);
        await server.Sockets.DeliverAsync("interactive", SlackSaid.Submission(server.Views[0], "U2", "not during the freeze"));
        await Until.TrueAsync(() => card.Buttons.Count == 0 && card.Shown.Contains("not during the freeze", StringComparison.Ordinal));
        Assert.False(File.Exists(directory["made"]));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task A_stranger_is_answered_with_a_code_and_nothing_of_theirs_runs()
    {
        server.Workspace.Direct("U3", "D3");
        await server.Sockets.DeliverAsync("events_api", SlackSaid.Direct($"/run --on local -- touch {directory["made"]}", "1700000003.000100", "D3", "U3"));
        await Until.TrueAsync(() => In("D3").Count > 0);
        Assert.Contains("access pair approve", In("D3")[0].Shown, StringComparison.Ordinal);
        Assert.False(File.Exists(directory["made"]));
    }

    [Fact]
    public async Task A_channel_that_nobody_admitted_gets_a_hint_and_nothing_runs()
    {
        await server.Sockets.DeliverAsync("events_api", SlackSaid.Mention("<@U0BOT> /status", "1700000005.000100", "C2"));
        await Until.TrueAsync(() => In("C2").Count == 1);
        Assert.Contains("slack:C2", In("C2")[0].Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_output_arrives_whole_as_a_file()
    {
        await server.Sockets.DeliverAsync("events_api", SlackSaid.Direct("/run --on local -- seq 1 3000", "1700000004.000100"));
        await Until.TrueAsync(() => In("D1").Any(p => p.File is not null));
        var content = server.Workspace.Files[In("D1").Single(p => p.File is not null).File!].Content!;
        Assert.Contains("\n2999\n", System.Text.Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        Assert.Contains("left out", string.Join('\n', In("D1").Select(p => p.Shown)), StringComparison.Ordinal);
        Assert.Empty(server.Violations);
    }
}
