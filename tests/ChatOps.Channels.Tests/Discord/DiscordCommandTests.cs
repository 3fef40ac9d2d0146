using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Channels.Discord;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using ChatOps.Tools;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>The commands as Discord takes them.</summary>
public sealed class DiscordCommandTests
{
    [Fact]
    public void A_large_tree_fits_Discords_limits_and_every_command_can_be_reached()
    {
        List<ChannelCommand> tree = [.. Enumerable.Range(0, 45).Select(i => Simple($"cmd{i:00}", options: i % 7)), .. Enumerable.Range(0, 6).Select(i => Nested($"group{i}"))];
        var map = CommandMap.Of(tree);
        DiscordForm.Commands([JsonSerializer.SerializeToNode(map.Root, DiscordJson.Options)]);
        var reached = Paths(map.Root).Select(p => string.Join(' ', map.Words(p)!)).ToList();
        Assert.Equal(reached.Count, reached.Distinct().Count());
        Assert.Equal(tree.SelectMany(c => Usable(c, c.Name)).Order(), reached.Order());
    }

    [Fact]
    public void Commands_of_one_word_keep_their_places_and_small_groups_give_up_theirs()
    {
        ChannelCommand halt = new("halt", "Stops everything", [], [Simple("status", 0)], true) { Acts = true };
        List<ChannelCommand> tree = [.. Enumerable.Range(0, 12).Select(i => Simple($"cmd{i:00}", 1)), .. Enumerable.Range(0, 20).Select(i => Nested($"group{i:00}")), halt];
        var paths = Paths(CommandMap.Of(tree).Root).Select(p => string.Join(' ', p)).ToList();
        Assert.All(Enumerable.Range(0, 12), i => Assert.Contains($"cmd{i:00}", paths));
        Assert.Contains("more halt", paths);
        Assert.Contains("more halt-status", paths);

        // Alone it is a group; what it does itself does not look like a list.
        Assert.Equal(["halt now", "halt status"], Paths(CommandMap.Of([halt]).Root).Select(p => string.Join(' ', p)));
    }

    [Fact]
    public void What_is_required_comes_first_and_long_lists_are_completed_instead_of_listed()
    {
        var map = CommandMap.Of([new("run", "Runs", [
            new("on", "Where", ParameterKind.Selector, false, [], true), new("command", "What", ParameterKind.CommandLine, true, [], false),
            new("kind", "Which", ParameterKind.Choice, false, [.. Enumerable.Range(0, 40).Select(i => $"k{i}")], false)], [], true)]);
        var options = map.Root.Options![0].Options!;
        Assert.Equal(["command", "on", "kind"], options.Select(o => o.Name));
        Assert.Equal([null, true, true], options.Select(o => o.Autocomplete));
        Assert.Null(options[2].Choices);
    }

    [Fact]
    public async Task They_are_registered_once_and_again_only_when_they_change()
    {
        await using var server = await StartAsync();
        DiscordWorldServices world;
        await using (var first = await DiscordRig.StartAsync(server))
        {
            world = first.World;
            await Until.TrueAsync(() => world.State.ContainsKey("discord/commands"));
        }

        await using (var second = await DiscordRig.StartAsync(server, world))
        {
            second.World.Commands.Fingerprint = "one";
        }

        Assert.Equal(1, server.Count("PUT applications/{}/commands"));
        world.Commands.Fingerprint = "two";
        await using var third = await DiscordRig.StartAsync(server, world);
        await Until.TrueAsync(() => server.Count("PUT applications/{}/commands") == 2);
    }

    [Fact]
    public async Task In_one_server_they_are_there_at_once_and_no_longer_everywhere()
    {
        await using var server = await StartAsync();
        DiscordWorldServices world;
        await using (var first = await DiscordRig.StartAsync(server))
        {
            world = first.World;
            await Until.TrueAsync(() => world.State.ContainsKey("discord/commands"));
        }

        await using var second = await DiscordRig.StartAsync(server, world, o => o.GuildId = Guild);
        await Until.TrueAsync(() => server.Commands.ContainsKey(Guild));
        Assert.Empty(server.Commands["global"]);
        Assert.Equal("chatops", (string)server.Commands[Guild][0]!["name"]!);
    }

    [Fact]
    public async Task A_server_that_does_not_take_them_is_said_in_health_and_the_channel_works_without()
    {
        await using var server = await StartAsync();
        server.InGuild = false;
        await using var rig = await DiscordRig.StartAsync(server, configure: o => o.GuildId = Guild);
        await Until.TrueAsync(() => rig.Channel.Health!.Summary.Contains("applications.commands", StringComparison.Ordinal));
        server.Say(server.DirectOf(Ada), Ada, "/status");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
    }

    [Fact]
    public async Task A_command_of_yesterday_is_answered_in_words()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var made = server.Use(Ops, Ada, ["gone"]);
        await Until.TrueAsync(() => made.AnswerType == 4);
        Assert.Contains("changed", Assert.Single(server.SeenBy(Ada)).Content, StringComparison.Ordinal);
        Assert.Empty(rig.Inbox.Accepted);
    }

    [Fact]
    public async Task Subcommands_flags_and_numbers_become_the_chat_line()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Use(Ops, Ada, ["approvals", "show"], new Dictionary<string, JsonNode?> { ["id"] = "7F3K" });
        server.Use(Ops, Ada, ["approvals", "show-all"]);
        server.Use(Ops, Ada, ["run"], new Dictionary<string, JsonNode?> { ["command"] = "df -h", ["dry-run"] = true, ["parallel"] = 3 });
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 3);
        Assert.Equal(["/approvals show --id='7F3K'", "/approvals", "/run --command='df -h' --dry-run='true' --parallel='3'"], rig.Inbox.Accepted.Select(m => m.Text));
    }

    private static ChannelCommand Simple(string name, int options) =>
        new(name, new string('d', 150), [.. Enumerable.Range(0, options).Select(i => new ChannelCommandOption($"option-{i}", new string('o', 120), (ParameterKind)(i % 7), i % 2 == 1, i % 7 == 6 ? ["a", "b"] : [], i % 3 == 0))], [], true);

    private static ChannelCommand Nested(string name) =>
        new(name, "A group", [], [Simple("list", 1), Simple("show", 2), new("token", "Tokens", [], [Simple("create", 1), Simple("remove", 0)], false)], name.EndsWith('0'));

    private static IEnumerable<string> Usable(ChannelCommand command, string path) =>
        (command.Usable ? new[] { path } : []).Concat(command.Subcommands.SelectMany(c => Usable(c, $"{path} {c.Name}")));

    private static IEnumerable<IReadOnlyList<string>> Paths(ApplicationCommand root) =>
        root.Options!.SelectMany(o => o.Type == CommandMap.SubcommandGroup ? o.Options!.Select(i => (IReadOnlyList<string>)[o.Name, i.Name]) : [[o.Name]]);
}
