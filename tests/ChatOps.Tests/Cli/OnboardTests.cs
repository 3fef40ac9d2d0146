using System.Text.Json;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Models;
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
    public async Task A_model_is_kept_when_it_has_answered_its_answer_is_shown_and_its_key_is_a_reference()
    {
        await using var model = await ModelServer.StartAsync(ModelReply.Say("I am ready now."));

        var run = await CliRun.WithInputAsync($"\n{model.OpenAiUrl}\nscripted\n{model.Key}\n", [.. Here("onboard", "--preset", "model")]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("I am ready now.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(model.Key, File.ReadAllText(directory["data/settings.json"]) + run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(model.Key, File.ReadAllText(directory["data/secrets/models-0-apikey"]).Trim());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(directory["data/secrets/models-0-apikey"]));
        Assert.Empty(model.Violations);

        // The next command finds it, with its key.
        model.Otherwise = _ => ModelReply.Say("Still here.");
        var again = await CliRun.OfAsync([.. Here("onboard", "--yes", "--preset", "model")]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains("Still here.", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_whose_key_is_refused_or_whose_provider_is_not_known_is_not_kept_and_it_is_said_why()
    {
        await using var model = await ModelServer.StartAsync();

        var run = await CliRun.WithInputAsync($"opnai\n{model.OpenAiUrl}\nscripted\nkey\ny\nopenai\n{model.OpenAiUrl}\nscripted\nwrong-key\nn\n", [.. Here("onboard", "--preset", "model")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Did you mean 'openai'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("refuses the key", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory["data/secrets"]));
        Assert.Contains("CHATOPS__Models__0__ApiKey", (await CliRun.OfAsync([.. Here("onboard", "--yes", "--preset", "model")])).Error, StringComparison.Ordinal);
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
