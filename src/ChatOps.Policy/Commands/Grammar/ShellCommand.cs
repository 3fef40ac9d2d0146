namespace ChatOps.Policy.Commands.Grammar;

/// <summary>One simple command wherever it stands in the line, with what is around it.</summary>
/// <param name="Words">Program and arguments; empty for redirections or assignments alone.</param>
/// <param name="Redirects">Its redirections, in order.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellWord> Words, IReadOnlyList<ShellRedirect> Redirects)
{
    /// <summary>The command whose output it reads through a pipe.</summary>
    public ShellCommand? Upstream { get; set; }

    /// <summary>Whether it is part of a pipe of two or more.</summary>
    public bool InPipe { get; set; }

    /// <summary>Whether it, or something around it in the same function, runs in the background.</summary>
    public bool InBackground { get; set; }

    /// <summary>The innermost function whose body it stands in.</summary>
    public string? Function { get; init; }
}
