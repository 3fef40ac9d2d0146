using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>How much work one line may cause: commands inside commands are judged more than once, and a hostile line must not multiply that.</summary>
internal sealed class Effort
{
    private int _left = ShellLimits.JudgedWords;

    /// <summary>Takes the words of one command; false when nothing is left, and then the line asks.</summary>
    public bool Spend(int words) => (_left -= words) > 0;
}
