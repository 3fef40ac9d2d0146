namespace ChatOps.Policy.Commands.Grammar;

/// <summary>One reason why a line needs a shell.</summary>
/// <param name="Construct">What was found.</param>
/// <param name="Detail">The target of a redirection, the name of an assignment, the keyword; empty otherwise.</param>
internal readonly record struct ShellNote(ShellConstruct Construct, string Detail)
{
    /// <summary>Longest detail that is repeated in a reason.</summary>
    private const int DetailLength = 60;

    /// <summary>The rule id of a line that asks for this reason alone.</summary>
    public string Rule => "shell." + Construct switch
    {
        ShellConstruct.ParameterExpansion => "parameter-expansion",
        ShellConstruct.CommandSubstitution => "command-substitution",
        ShellConstruct.ArithmeticExpansion => "arithmetic-expansion",
        ShellConstruct.ProcessSubstitution => "process-substitution",
        ShellConstruct.TildeExpansion => "tilde",
        ShellConstruct.BraceExpansion => "brace-expansion",
        ShellConstruct.AnsiQuoting => "ansi-quoting",
        ShellConstruct.NonAscii => "non-ascii",
        ShellConstruct.ControlCharacter => "control-character",
        ShellConstruct.Newline => "newline",
        ShellConstruct.Background => "background",
        ShellConstruct.PipeBoth or ShellConstruct.RedirectBoth or ShellConstruct.HandleRedirection => "redirect-handles",
        ShellConstruct.HereDocument or ShellConstruct.HereString => "here-document",
        ShellConstruct.WriteRedirection => "redirect-write",
        ShellConstruct.ReadRedirection => "redirect-read",
        ShellConstruct.Assignment => "assignment",
        ShellConstruct.Subshell or ShellConstruct.Group => "group",
        ShellConstruct.FunctionDefinition => "function",
        ShellConstruct.Compound => "compound",
        ShellConstruct.PatternProgram => "pattern-program",
        ShellConstruct.QuotedBracket => "quoted-bracket",
        _ => "trailing-backslash",
    };

    /// <summary>What people read: a phrase that follows "the line".</summary>
    public string Phrase => Construct switch
    {
        ShellConstruct.ParameterExpansion => "uses a variable, whose value is not known here",
        ShellConstruct.CommandSubstitution => "uses command substitution",
        ShellConstruct.ArithmeticExpansion => "uses arithmetic expansion",
        ShellConstruct.ProcessSubstitution => "uses process substitution",
        ShellConstruct.TildeExpansion => "uses ~, whose meaning depends on the user it runs as",
        ShellConstruct.BraceExpansion => "uses brace expansion",
        ShellConstruct.AnsiQuoting => "uses $'…' quoting",
        ShellConstruct.NonAscii => "has characters outside ASCII that are not quoted",
        ShellConstruct.ControlCharacter => "has control characters",
        ShellConstruct.Newline => "has more than one line",
        ShellConstruct.Background => "runs something in the background",
        ShellConstruct.PipeBoth => "uses |&",
        ShellConstruct.RedirectBoth => "uses &>",
        ShellConstruct.HereDocument => "uses a here-document",
        ShellConstruct.HereString => "uses a here-string",
        ShellConstruct.WriteRedirection => "writes to " + Shown,
        ShellConstruct.ReadRedirection => "takes its input from " + Shown + " through the shell",
        ShellConstruct.HandleRedirection => "moves file handles about",
        ShellConstruct.Assignment => "sets " + Shown + " in the environment",
        ShellConstruct.Subshell => "uses a subshell",
        ShellConstruct.Group => "uses a command group",
        ShellConstruct.FunctionDefinition => "defines the function " + Shown,
        ShellConstruct.Compound => "uses the shell keyword " + Shown,
        ShellConstruct.PatternProgram => "has a pattern where the program's name belongs",
        ShellConstruct.QuotedBracket => "quotes characters inside […]",
        _ => "ends in a backslash",
    };

    private string Shown => Detail.Length <= DetailLength ? Detail : string.Concat(Detail.AsSpan(0, DetailLength), "…");
}
