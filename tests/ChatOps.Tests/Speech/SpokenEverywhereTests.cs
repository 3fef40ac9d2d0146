using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Speech;

/// <summary>From real sound to a real command on this machine, through everything that a gateway is composed of; only the platform and the ears are the test's.</summary>
public sealed class SpokenEverywhereTests
{
    [Fact]
    public async Task A_spoken_read_runs_on_the_machine_and_the_record_says_that_it_was_spoken()
    {
        await using var gateway = await WholeGateway.StartAsync();
        var id = await gateway.SpeakAsync("Run uname -r on local.");
        await gateway.EndAsync(id);

        var replies = await gateway.RepliesAsync(id);
        Assert.Contains("That is: `/run uname -r --on local`", replies[0], StringComparison.Ordinal);
        Assert.Contains(Environment.OSVersion.Version.ToString(2), replies[1], StringComparison.Ordinal);
        Assert.Contains(await gateway.RecordsAsync(), r => r.Entry.Kind == AuditKind.Intent && r.Entry.Detail["source"] == "voice");
    }

    [Fact]
    public async Task A_spoken_change_waits_on_a_card_a_spoken_yes_does_not_help_and_the_button_runs_it()
    {
        await using var gateway = await WholeGateway.StartAsync();
        var made = gateway.Spoken("made");
        var id = await gateway.SpeakAsync($"Run mkdir {made} on local.");
        await gateway.UntilAsync(id, InboxState.Suspended);
        var approval = await gateway.ApprovalOfAsync(id);
        Assert.Equal($"From a voice note: “Run mkdir {made} on local.”", approval.Request.Why);

        var yes = await gateway.SpeakAsync("Yes, go ahead.");
        await gateway.EndAsync(yes);
        Assert.Contains("decides nothing", (await gateway.RepliesAsync(yes))[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(made));
        Assert.Equal(ApprovalState.Pending, (await gateway.ApprovalOfAsync(id)).State);

        await gateway.EndAsync(await gateway.ApproveAsync(id));
        await gateway.EndAsync(id);
        Assert.True(Directory.Exists(made));
    }

    [Fact]
    public async Task A_standing_grant_for_the_written_command_does_not_cover_the_spoken_one()
    {
        await using var gateway = await WholeGateway.StartAsync();
        var made = gateway.Spoken("made");
        var typed = await gateway.SayAsync($"/run mkdir -p {made} --on local");
        await gateway.UntilAsync(typed, InboxState.Suspended);
        await gateway.EndAsync(await gateway.SayAsync($"/approve {(await gateway.ApprovalOfAsync(typed)).Id} --grant-for 1h"));
        await gateway.EndAsync(typed);
        Directory.Delete(made);
        var again = await gateway.SayAsync($"/run mkdir -p {made} --on local");
        Assert.Equal("done", (await gateway.EndAsync(again)).Outcome);
        Assert.True(Directory.Exists(made));
        Directory.Delete(made);

        var spoken = await gateway.SpeakAsync($"Run mkdir -p {made} on local.");
        await gateway.UntilAsync(spoken, InboxState.Suspended);
        Assert.False(Directory.Exists(made));
        Assert.Equal(ApprovalState.Pending, (await gateway.ApprovalOfAsync(spoken)).State);
    }

    [Fact]
    public async Task A_viewer_may_ask_for_nothing_more_by_voice_than_in_writing()
    {
        await using var gateway = await WholeGateway.StartAsync();
        var id = await gateway.SpeakAsync("Run uptime on local.", user: "8");
        await gateway.EndAsync(id);
        Assert.Contains("Nothing allows vic to use run on local", (await gateway.RepliesAsync(id))[^1], StringComparison.Ordinal);
        Assert.Contains(await gateway.RecordsAsync(), r => r.Entry.Kind == AuditKind.Refusal && r.Entry.Detail["source"] == "voice");
    }

    [Fact]
    public async Task A_secret_that_was_spoken_is_kept_nowhere()
    {
        const string Secret = "AKIAIOSFODNN7EXAMPLE";
        await using var gateway = await WholeGateway.StartAsync();
        var id = await gateway.SpeakAsync($"The key is {Secret}.");
        await gateway.EndAsync(id);
        var stored = await gateway.ReadAsync(s => Json.Write(s.Inbox.Find(id)!.Context) + Json.Write(s.Outbox.RepliesTo(id)));
        Assert.Contains("redacted", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, stored, StringComparison.Ordinal);
    }
}
