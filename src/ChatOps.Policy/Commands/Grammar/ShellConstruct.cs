namespace ChatOps.Policy.Commands.Grammar;

/// <summary>What makes a line more than plain programs and pipes, so that only a shell could run it.</summary>
internal enum ShellConstruct
{
    ParameterExpansion,
    CommandSubstitution,
    ArithmeticExpansion,
    ProcessSubstitution,
    TildeExpansion,
    BraceExpansion,
    AnsiQuoting,
    NonAscii,
    ControlCharacter,
    Newline,
    Background,
    PipeBoth,
    RedirectBoth,
    HereDocument,
    HereString,
    WriteRedirection,
    ReadRedirection,
    HandleRedirection,
    Assignment,
    Subshell,
    Group,
    FunctionDefinition,
    Compound,
    PatternProgram,
    QuotedBracket,
    TrailingBackslash,
}
