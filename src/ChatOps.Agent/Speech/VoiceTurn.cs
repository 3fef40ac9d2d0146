using ChatOps.Agent.Commands;
using ChatOps.Agent.Turns;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Speech;

/// <summary>
/// The beginning of a turn on a voice note: listens, keeps and says what was heard, and finds out what it means. What was kept is not listened to again, whatever
/// happens to the process.
/// </summary>
internal sealed class VoiceTurn(VoiceNotes notes, SpokenCommands spoken, ChatCommandLine grammar, TurnStore store, WorkingMessages working)
{
    /// <summary>Whether a message is a voice note. A typed command stays one, whatever comes with it.</summary>
    public static bool IsOne(InboxItem item) => item.Kind == InboundKind.Text && VoiceNotes.In(item.Context).Count > 0;

    /// <summary>The turn with its words as text: what was written beside the note, and what was heard.</summary>
    public static Turn AsText(Turn turn) =>
        turn with { Item = turn.Item with { Text = string.Join('\n', new[] { turn.Item.Text.Trim(), turn.Heard!.Text }.Where(t => t.Length > 0)) } };

    /// <summary>Listens.</summary>
    /// <returns>How the turn ends already; or the command that was plainly said; or neither, when it is talk.</returns>
    public async Task<(TurnEnd? End, ParsedCommand? Command)> ListenAsync(RunningTurn running)
    {
        if (running.Turn.Heard is null && await HearAsync(running) is { } end) return (end, null);
        var (kind, command) = Read(running.Turn.Heard!.Text);
        return kind switch
        {
            SpokenKind.Decision => (TurnEnd.Done("voice decides nothing", VoiceTexts.DecidesNothing), null),
            SpokenKind.Stop => (TurnEnd.Done("voice stops nothing", VoiceTexts.StopsNothing), null),
            _ => (null, command),
        };
    }

    private async Task<TurnEnd?> HearAsync(RunningTurn running)
    {
        var turn = running.Turn;
        await using var message = working.Start(turn, VoiceTexts.Listening);
        VoiceNote note;
        try
        {
            note = await notes.ListenAsync(turn.Conversation.Channel, VoiceNotes.In(turn.Item.Context), running.Token);
        }
        catch (OperationCanceledException) when (running.StoppedBy is not null)
        {
            // The message that says "listening" is ours to end.
            return new TurnEnd(InboxState.Cancelled, "stopped", TurnTexts.StoppedEarly(running.StoppedBy)) { WorkingMessage = await message.StopAsync() };
        }

        CrashPoint.Hit("voice.transcribed");
        var posted = await message.StopAsync();
        if (note.Refusal is { } refusal) return TurnEnd.Done(note.Outcome, refusal) with { WorkingMessage = posted };

        var heard = note.Transcript!;
        var (_, command) = Read(heard.Text);
        var content = VoiceTexts.Heard(turn.Item.Text.Trim(), heard.Text, command is null ? null : spoken.Read(heard.Text).Line);
        // Without the lease nothing may go on, and the end that is not ours to write is not written either.
        if (await store.HearAsync(turn, heard.Text, heard.Language, content, posted) is not { } item) return TurnEnd.Done("lost", null);
        running.Hear(item);
        CrashPoint.Hit("voice.heard");
        return null;
    }

    private (SpokenKind Kind, ParsedCommand? Command) Read(string heard)
    {
        var reading = spoken.Read(heard);
        return reading.Line is { } line && grammar.Parse(line) is { Understood: true } command ? (reading.Kind, command) : (reading.Kind, null);
    }
}
