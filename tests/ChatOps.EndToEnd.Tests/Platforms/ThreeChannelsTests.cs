namespace ChatOps.EndToEnd.Platforms;

/// <summary>The main job over three platforms at once: asked in Slack, approved from Telegram, read in Discord, and in the record.</summary>
public sealed class ThreeChannelsTests
{
    [Fact]
    public async Task What_is_asked_in_Slack_is_approved_from_Telegram_read_in_Discord_and_stands_in_the_record()
    {
        await using var team = await Team.StartAsync(t => t.Settings["CHATOPS__Approvals__FourEyes"] = "Always");
        await team.ConnectedAsync();
        var file = team.In("asked in Slack");

        var thread = team.AnaAsks($"/run touch '{file}' --on local");
        await team.UntilAsync(() => team.InThread(thread).Any(p => p.Buttons.Count > 0), "No card in Ana's thread");
        var id = await team.WaitingAsync("asked in Slack");
        var message = team.CleoAsks($"/approvals show {id}");
        await team.UntilAsync(() => team.ToCleo(message).Any(p => p.Buttons.Count > 0), "No copy in Discord");
        Assert.False(File.Exists(file));

        team.BenSays($"/approve {id} --reason 'the window is open'");

        await team.UntilAsync(() => File.Exists(file), "It did not run");
        await team.UntilAsync(() => team.InThread(thread).Any(p => Tells(p.Shown)), "Slack's card does not tell the outcome");
        await team.UntilAsync(() => team.ToCleo(message).Any(p => Tells(p.Text)), "Discord's copy does not tell the outcome");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("approved", StringComparison.OrdinalIgnoreCase)), "Ben got no answer");
        Assert.DoesNotContain(team.InThread(thread), p => p.Buttons.Count > 0);
        Assert.DoesNotContain(team.ToCleo(message), p => p.Buttons.Count > 0);
        Assert.Single(team.Discord.Threads, t => t.Id == message);

        var audit = await team.Cli.RunAsync("audit", "list", "--since", "1h", "--limit", "50");
        Assert.Equal(0, audit.ExitCode);
        Assert.Contains("ana", audit.Output, StringComparison.Ordinal);
        Assert.Contains("ben", audit.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await team.Cli.RunAsync("audit", "verify")).ExitCode);

        bool Tells(string shown) => shown.Contains("Approved by ben at ", StringComparison.Ordinal) && shown.Contains("the window is open", StringComparison.Ordinal) && shown.Contains("succeeded", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_copy_in_Telegram_has_the_same_buttons_and_settles_all_copies()
    {
        await using var team = await Team.StartAsync(t => t.Settings["CHATOPS__Approvals__FourEyes"] = "Always");
        await team.ConnectedAsync();
        var file = team.In("by a copy");

        var message = team.CleoAsks($"/run sh -c 'echo ran >> \"{file}\"' --on local");
        await team.UntilAsync(() => team.ToCleo(message).Any(p => p.Buttons.Count > 0), "No card for Cleo");
        var id = await team.WaitingAsync("by a copy");
        var thread = team.AnaAsks($"/approvals show {id}");
        team.BenSays($"/approvals show {id}");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Buttons.Count > 0) && team.InThread(thread).Any(p => p.Buttons.Count > 0), "No copies in Telegram and Slack");
        var copy = team.ToBen.Last(p => p.Buttons.Count > 0);

        team.Telegram.Press(team.BensChat, team.Ben, copy.Id, copy.Buttons[0][0].Data);

        await team.UntilAsync(() => File.Exists(file), "It did not run");
        await team.UntilAsync(() => team.ToCleo(message).Any(p => Tells(p.Text)), "The card does not tell the outcome");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Id == copy.Id && Tells(p.Text) && p.Buttons.Count == 0), "Telegram's copy does not tell the outcome");
        await team.UntilAsync(() => team.InThread(thread).Any(p => Tells(p.Shown) && p.Buttons.Count == 0), "Slack's copy does not tell the outcome");
        Assert.Single(await File.ReadAllLinesAsync(file));

        static bool Tells(string shown) => shown.Contains("Approved by ben at ", StringComparison.Ordinal) && shown.Contains("succeeded", StringComparison.Ordinal);
    }
}
