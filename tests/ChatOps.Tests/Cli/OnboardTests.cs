using System.Text.Json;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.Tests.Cli;

public sealed class OnboardTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempDirectory directory = new();

    [Fact]
    public async Task A_token_that_the_service_takes_is_kept_in_a_file_of_its_own_and_the_next_start_uses_it()
    {
        await using var telegram = await TelegramServer.StartAsync();
        Configure(telegram.ApiBase);

        var run = await CliRun.WithInputAsync(telegram.Token + "\n", [.. Here("onboard", "--preset", "telegram")]);

        Assert.True(run.ExitCode == 0, run.Error);
        var settings = File.ReadAllText(directory["data/settings.json"]);
        Assert.DoesNotContain(telegram.Token, settings + run.Output + run.Error, StringComparison.Ordinal);
        var secret = directory["data/secrets/channels-telegram-token"];
        Assert.Equal(telegram.Token, File.ReadAllText(secret).Trim());
        Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(secret), File.GetUnixFileMode(directory["data/settings.json"])));

        var check = await CliRun.OfAsync([.. Here("doctor", "--json")]);
        Assert.Contains("telegram.bot", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_and_Discord_are_set_up_in_one_go_and_doctor_finds_them_well()
    {
        await using var slack = await SlackServer.StartAsync();
        await using var discord = await DiscordServer.StartAsync();
        File.WriteAllText(directory["base.json"], JsonSerializer.Serialize(new
        {
            Channels = new { Slack = new { ApiBase = slack.ApiBase.AbsoluteUri.TrimEnd('/') }, Discord = new { ApiBase = discord.ApiBase.AbsoluteUri.TrimEnd('/') } },
        }));
        var asked = new Dictionary<string, string>
        {
            ["Bot token"] = slack.BotToken, ["App-level token"] = slack.AppToken, ["Signing secret"] = "",
        };

        var run = await CliRun.WithInputAsync(string.Join('\n', [.. asked.Values, discord.Token, "", "", "", ""]) + "\n", [.. Here("onboard", "--preset", "slack,discord")]);

        Assert.True(run.ExitCode == 0, run.Error);
        var check = await CliRun.OfAsync([.. Here("doctor", "--json")]);
        using var findings = JsonDocument.Parse(check.Output);
        var failed = findings.RootElement.EnumerateArray().Where(f => f.GetProperty("state").GetString() == "failed").Select(f => f.GetProperty("text").GetString());
        Assert.Empty(failed);
        Assert.Contains("slack.account", check.Output, StringComparison.Ordinal);
        Assert.Contains("discord.", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(slack.BotToken, run.Output + run.Error + check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_is_not_kept_and_it_is_said_why()
    {
        await using var telegram = await TelegramServer.StartAsync();
        Configure(telegram.ApiBase);

        var run = await CliRun.WithInputAsync("123456789:AAEwrongwrongwrongwrongwrongwrongwro\nn\n", [.. Here("onboard", "--preset", "telegram")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not accept the token", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory["data/secrets"]));
        Assert.DoesNotContain("Telegram", File.ReadAllText(directory["data/settings.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_yes_nobody_is_asked_and_what_is_missing_is_named()
    {
        var run = await CliRun.OfAsync([.. Here("onboard", "--yes", "--preset", "slack")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("CHATOPS__Channels__Slack__BotToken", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_preset_names_the_nearest()
    {
        var run = await CliRun.OfAsync([.. Here("onboard", "--yes", "--preset", "telegrm")]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean 'telegram'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_alone_needs_no_answer()
    {
        var run = await CliRun.OfAsync([.. Here("onboard", "--preset", "console", "--json")]);

        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(body.RootElement.GetProperty("channels").EnumerateArray());
    }

    public void Dispose() => directory.Dispose();

    private void Configure(Uri apiBase) =>
        File.WriteAllText(directory["base.json"], JsonSerializer.Serialize(new { Channels = new { Telegram = new { ApiBase = apiBase.AbsoluteUri.TrimEnd('/') } } }));

    private IEnumerable<string> Here(params string[] words)
    {
        var config = File.Exists(directory["base.json"]) ? new[] { "--config", directory["base.json"] } : [];
        return [.. words, .. config, "--data", directory["data"], "--workspace", directory["workspace"]];
    }
}
