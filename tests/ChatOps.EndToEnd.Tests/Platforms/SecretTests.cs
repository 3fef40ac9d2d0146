using ChatOps.EndToEnd.Fleet;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>Tokens that change, and one that is no good.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task Rotated_tokens_work_without_a_restart_and_nothing_that_was_said_meanwhile_is_lost()
    {
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        List<string> secrets = [team.Telegram.Token, team.Slack.BotToken, team.Slack.AppToken, team.Slack.SigningSecret, team.Discord.Token, await team.Gateway.TokenAsync()];
        team.BenSays("/run echo before --on local");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("before", StringComparison.Ordinal)), "Ben got no answer");

        team.Telegram.Rotate("7000000001:AAE-rotated_token_0123456789abcdefgh");
        team.Slack.BotToken = "xoxb-1111-2222-rotatedbot";
        team.Slack.AppToken = "xapp-1-A0APP-3333-rotatedapp";
        team.Slack.Sockets.Cut();
        team.BenSays("/run echo between --on local");
        team.WriteSecret("telegram", team.Telegram.Token);
        team.WriteSecret("slack-bot", team.Slack.BotToken);
        team.WriteSecret("slack-app", team.Slack.AppToken);

        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("between", StringComparison.Ordinal)), "Telegram's new token is not used", TimeSpan.FromSeconds(60));
        await team.UntilAsync(() => team.Slack.Sockets.Open.Count > 0, "Slack's new tokens are not used", TimeSpan.FromSeconds(60));
        var thread = team.AnaAsks("/run echo after --on local");
        await team.UntilAsync(() => team.InThread(thread).Any(p => p.Shown.Contains("after", StringComparison.Ordinal)), "Slack's new bot token is not used");
        Assert.False(team.Gateway.HasExited);
        secrets.AddRange([team.Telegram.Token, team.Slack.BotToken, team.Slack.AppToken]);
        foreach (var secret in secrets) Assert.DoesNotContain(secret, team.Gateway.Log, StringComparison.Ordinal);

        // What is shown once, or given to a browser, is known to the gateway by its hash alone.
        secrets.Add((string)(await team.Gateway.CallApprovedAsync("access_token_create", new { name = "ci" }))["secret"]!);
        secrets.Add(team.Gateway.SignInLink[(team.Gateway.SignInLink.IndexOf("code=", StringComparison.Ordinal) + "code=".Length)..]);
        secrets.Add(team.Gateway.Client.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.All(secrets, secret => Assert.True(secret.Length >= 16, "That is no secret."));
        Assert.Equal(0, await team.Gateway.StopAsync());
        var written = await Task.WhenAll(Directory.EnumerateFiles(team.Data, "*", SearchOption.AllDirectories).Select(async f => (File: f, Text: System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(f)))));
        Assert.Contains(written, f => f.Text.Contains("/run echo between", StringComparison.Ordinal));
        Assert.Empty(from secret in secrets from file in written where file.Text.Contains(secret, StringComparison.Ordinal) select $"{secret[..6]}… in {file.File}");
    }

    [Fact]
    public async Task A_token_that_the_platform_refuses_stops_that_channel_alone_says_so_once_and_a_good_one_starts_it_again()
    {
        await using var team = await Team.AssembleAsync();
        team.WriteSecret("discord", "MTIzNDU2.wrong.token-of-the-bot");
        await team.StartGatewayAsync();
        await team.AdmitAsync();
        await team.UntilAsync(() => team.Telegram.IsPolled && team.Slack.Sockets.Open.Count > 0, "The others did not connect");

        team.BenSays("/status");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("iscord", StringComparison.Ordinal)), "Ben does not read about Discord");
        var status = (await team.Gateway.CallAsync("status", new { })).ToJsonString();
        Assert.Contains("token", status, StringComparison.OrdinalIgnoreCase);
        var thread = team.AnaAsks("/run echo alive --on local");
        await team.UntilAsync(() => team.InThread(thread).Any(p => p.Shown.Contains("alive", StringComparison.Ordinal)), "Slack does not work");
        Assert.InRange(team.Discord.Calls.Count, 1, 3);
        Assert.Single(team.Gateway.Log.Split('\n'), l => l.Contains("iscord", StringComparison.Ordinal) && (l.Contains("WRN", StringComparison.Ordinal) || l.Contains("ERR", StringComparison.Ordinal)));

        team.WriteSecret("discord", team.Discord.Token);
        await team.UntilAsync(() => team.Discord.IsConnected, "Discord did not come back with a good token", TimeSpan.FromSeconds(60));
        var message = team.CleoAsks("/run echo back --on local");
        await team.UntilAsync(() => team.ToCleo(message).Any(p => p.Text.Contains("back", StringComparison.Ordinal)), "Discord does not answer");
        Assert.Empty(team.Discord.GatewayFaults);
    }
}
