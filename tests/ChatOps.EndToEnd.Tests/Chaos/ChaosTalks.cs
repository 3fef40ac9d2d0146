using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>The conversations of a world: two on each platform and two over HTTP. Platforms repeat what they delivered now and then, and late, as they do.</summary>
internal sealed class ChaosTalks(ChaosWorld world, Random random, CancellationToken ended)
{
    private const int RepeatEvery = 8;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300);
    private readonly Lock gate = new();

    /// <summary>How often a platform delivered something a second time.</summary>
    public int Repeated { get; private set; }

    public IReadOnlyList<ChaosTalk> All() =>
    [
        Telegram("telegram-ben", "ben", new TelegramPerson(1002, "Ben", Username: "ben_ops")), Telegram("telegram-cleo", "cleo", new TelegramPerson(1003, "Cleo", Username: "cleo_ops")),
        Slack("slack-ana", "ana", "U1", "D1"), Slack("slack-ben", "ben", "U2", "D2"),
        Discord("discord-ana", "ana", DiscordServer.Ada), Discord("discord-cleo", "cleo", DiscordServer.Eve),
        Web("web-one"), Web("web-two"),
    ];

    private ChaosTalk Telegram(string name, string person, TelegramPerson who)
    {
        var chat = world.Telegram.Direct(who);
        return new ChaosTalk(
            name, person,
            said =>
            {
                world.Telegram.Say(chat, who, said.Text);
                return Task.CompletedTask;
            },
            from => [.. chat.Posts.Where(p => p.From is null).Skip(from).Select(p => p.Text)]);
    }

    private ChaosTalk Slack(string name, string person, string user, string room)
    {
        JsonObject? before = null;
        return new ChaosTalk(
            name, person,
            async said =>
            {
                var happened = SlackSaid.Direct(said.Text, world.Slack.Workspace.NewTs(), room, user);
                while (!await DeliveredAsync(happened)) await Task.Delay(Again, ended);

                // The acknowledgement of an earlier one was lost on the way: it comes again, after a newer one.
                if (before is not null && Repeats()) await DeliveredAsync(before);
                before = happened;
            },
            from => [.. world.Slack.Workspace.In(room).Skip(from).Select(p => p.Shown)]);
    }

    private async Task<bool> DeliveredAsync(JsonObject happened)
    {
        try
        {
            var open = world.Slack.Sockets.Open;
            return open.Count > 0 && (await world.Slack.Sockets.DeliverAsync("events_api", happened, open[Draw(open.Count)])).Acknowledged;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or TimeoutException or InvalidOperationException)
        {
            // That socket is gone; there will be another.
            return false;
        }
    }

    private ChaosTalk Discord(string name, string person, string user)
    {
        var room = world.Discord.DirectOf(user);
        return new ChaosTalk(
            name, person,
            said =>
            {
                var id = world.Discord.Say(room, user, said.Text);
                if (Repeats()) world.Discord.Say(room, user, said.Text, id: id);
                return Task.CompletedTask;
            },
            from => [.. world.Discord.Seen(room).Skip(from).Select(p => p.Text)]);
    }

    private ChaosTalk Web(string name) => new(
        name, "owner",
        async said =>
        {
            while (!await PostedAsync(name, said)) await Task.Delay(Again, ended);
            if (Repeats()) await PostedAsync(name, said);
        },
        null);

    private async Task<bool> PostedAsync(string conversation, Said said)
    {
        if (world.Gateways[Draw(world.Gateways.Count)] is not { IsUp: true, Process: { } gateway }) return false;
        try
        {
            using var answer = await gateway.Client.PostAsJsonAsync("/api/chat/messages", new { conversation, clientId = said.ClientId, text = said.Text }, ended);
            if (!answer.IsSuccessStatusCode) return false;
            said.InboxId = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ended))!["message"]!;
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !ended.IsCancellationRequested))
        {
            return false;
        }
    }

    private bool Repeats()
    {
        if (Draw(RepeatEvery) != 0) return false;
        lock (gate) Repeated++;
        return true;
    }

    private int Draw(int most)
    {
        lock (gate) return random.Next(most);
    }
}
