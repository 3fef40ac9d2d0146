using ChatOps.Channels.Discord;
using ChatOps.Diagnostics;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>What the set-up finds, and what the options refuse.</summary>
public sealed class DiscordSetupTests
{
    [Fact]
    public async Task A_set_up_that_works_names_the_bot_and_nothing_else()
    {
        await using var server = await StartAsync();
        Assert.Equal([("discord.bot", PartState.Ok)], (await CheckAsync(server, ("GuildId", Guild))).Select(f => (f.Id, f.State)));
    }

    [Fact]
    public async Task Each_trouble_has_an_id_a_reason_and_a_remedy()
    {
        await using var server = await StartAsync();
        server.ApplicationFlags = 0;
        server.InGuild = false;
        var findings = await CheckAsync(server, ("GuildId", Guild), ("ApplicationId", "1"));
        Assert.Equal(["discord.bot", "discord.application-differs", "discord.intent-missing", "discord.not-in-server"], findings.Select(f => f.Id));
        Assert.All(findings.Skip(1), f => Assert.NotEmpty(f.Remedy));

        var rejected = Assert.Single(await CheckAsync(server, ("Token", new string('x', 60))));
        Assert.Equal(("discord.token-rejected", PartState.Failed), (rejected.Id, rejected.State));
        Assert.DoesNotContain("xxxx", rejected.Text + rejected.Remedy, StringComparison.Ordinal);
        Assert.All(await CheckAsync(server, ("Mode", "Http")), f => Assert.Equal("discord.configuration", f.Id));
    }

    [Fact]
    public async Task An_address_that_nobody_answers_is_said_to_be_unreachable()
    {
        var server = await StartAsync();
        await server.DisposeAsync();
        Assert.Equal("discord.unreachable", Assert.Single(await CheckAsync(server)).Id);
    }

    [Fact]
    public async Task A_token_of_another_application_stops_the_channel_with_a_reason()
    {
        await using var server = await StartAsync();
        await using var rig = DiscordRig.Of(server, configure: o => o.ApplicationId = "12345");
        rig.Run();
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => rig.Running.WaitAsync(Testing.Until.Limit));
        Assert.Contains("12345", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var options = new DiscordOptions { ApplicationId = "x", GuildId = "y", ApiBase = "ftp://x", GatewayUrl = "http://x", Mode = DiscordMode.Http, ThreadAfter = TimeSpan.Zero };
        Assert.Equal(7, options.Problems().Count());
        Assert.Throws<ArgumentException>(options.Check);
    }

    private static Task<IReadOnlyList<ChannelFinding>> CheckAsync(DiscordServer server, params (string Key, string Value)[] more)
    {
        var values = new Dictionary<string, string> { ["Token"] = server.Token, ["ApiBase"] = server.ApiBase.AbsoluteUri };
        foreach (var (key, value) in more) values[key] = value;
        return new DiscordSetup(new DiscordWorldServices(server), TimeProvider.System).CheckAsync(values, CancellationToken.None);
    }
}
