namespace ChatOps.Policy.Commands.Grammar;

/// <summary>A redirection as written.</summary>
/// <param name="Handle">The number in front, or -1.</param>
/// <param name="Operator">One of <c>&lt; &gt; &gt;&gt; &gt;| &lt;&gt; &gt;&amp; &lt;&amp; &lt;&lt; &lt;&lt;- &lt;&lt;&lt; &amp;&gt; &amp;&gt;&gt;</c>.</param>
/// <param name="Target">The word behind it.</param>
internal sealed record ShellRedirect(int Handle, string Operator, ShellWord Target)
{
    /// <summary>Whether it opens its target for writing.</summary>
    public bool Writes => Operator is ">" or ">>" or ">|" or "<>" or "&>" or "&>>" || (Operator is ">&" && !IsHandle);

    /// <summary>Whether it opens its target for reading.</summary>
    public bool Reads => Operator is "<";

    private bool IsHandle => Target.Text is "-" || (Target.Text.Length is 1 or 2 && char.IsAsciiDigit(Target.Text[0]));
}
