using System.Text;

namespace ChatOps.Agent.Models.Pool;

/// <summary>
/// The text of one step, over all its attempts. What was shown stays shown: an answer that broke off is gone on with, and what the next attempt says again of it is left out.
/// </summary>
/// <param name="onText">Gets text that is shown.</param>
internal sealed class ShownText(Action<string> onText)
{
    /// <summary>How much of a continuation is looked at to tell whether it repeats. Text is held back that long, and only after an interruption.</summary>
    public const int Lookahead = 400;

    /// <summary>The shortest repetition that is taken for one; anything shorter is chance.</summary>
    public const int MinOverlap = 8;

    private readonly StringBuilder shown = new();
    private readonly StringBuilder held = new();
    private bool holding;

    /// <summary>What was shown.</summary>
    public string Text => shown.ToString();

    /// <summary>Whether anything was shown.</summary>
    public bool Any => shown.Length > 0;

    /// <summary>Another attempt begins; what it says goes on from here.</summary>
    public void Continue()
    {
        held.Clear();
        holding = Any;
    }

    /// <summary>Takes a piece of text.</summary>
    public void Add(string text)
    {
        if (!holding)
        {
            Show(text);
            return;
        }

        held.Append(text);
        if (!CanStillRepeat()) Release();
    }

    /// <summary>The attempt has ended well: nothing more comes.</summary>
    public void Complete()
    {
        if (holding) Release();
    }

    // From the beginning: wait for all of it. From its end on: wait for enough of it.
    private bool CanStillRepeat() =>
        held.Length < shown.Length && Text.StartsWith(held.ToString(), StringComparison.Ordinal) || held.Length < Math.Min(Lookahead, shown.Length);

    private void Release()
    {
        holding = false;
        var (before, next) = (Text, held.ToString());
        held.Clear();
        if (next.StartsWith(before, StringComparison.Ordinal)) Show(next[before.Length..]);
        else Show(next[Overlap(before, next)..]);
    }

    private static int Overlap(string before, string next)
    {
        for (var length = Math.Min(before.Length, next.Length); length >= MinOverlap; length--)
        {
            if (before.AsSpan(before.Length - length).SequenceEqual(next.AsSpan(0, length))) return length;
        }

        return 0;
    }

    private void Show(string text)
    {
        if (text.Length == 0) return;
        shown.Append(text);
        onText(text);
    }
}
