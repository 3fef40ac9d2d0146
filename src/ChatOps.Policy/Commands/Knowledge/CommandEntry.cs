namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>What is known of a command or of one of its subcommands.</summary>
internal sealed record CommandEntry
{
    /// <summary>Its name with dots: <c>docker.container.ls</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name under which an operator raises it: the first of the names that share an entry with options or operands of its own.</summary>
    public required string Key { get; init; }

    /// <summary>For <see cref="Risk.Read"/> options and operands are checked; otherwise any use has this risk.</summary>
    public Risk Risk { get; init; } = Risk.Read;

    /// <summary>What it does, as a phrase that follows its name: <c>stops services</c>.</summary>
    public string? Why { get; init; }

    /// <summary>The options known to be harmless, by name with dashes.</summary>
    public IReadOnlyDictionary<string, FlagSpec> Flags { get; init; } = new Dictionary<string, FlagSpec>();

    /// <summary>Whether a dash and digits are an option (<c>head -20</c>).</summary>
    public bool TakesNumber { get; init; }

    /// <summary>Whether long options have one dash and short ones cannot be joined.</summary>
    public bool SingleDash { get; init; }

    /// <summary>Whether options end at the first operand.</summary>
    public bool OptionsFirst { get; init; }

    /// <summary>Whether a first word without a dash is a cluster of options (<c>tar tf</c>).</summary>
    public bool OldStyle { get; init; }

    /// <summary>The operands in order.</summary>
    public IReadOnlyList<OperandSpec> Operands { get; init; } = [];

    /// <summary>Options that make content operands recursive.</summary>
    public IReadOnlyList<string> Recursive { get; init; } = [];

    /// <summary>Options that stand for the first operand, such as <c>grep -e</c>.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>Options with which any operands are harmless.</summary>
    public IReadOnlyList<string> Frees { get; init; } = [];

    /// <summary>The fewest operands with which it does not take orders from its input.</summary>
    public int Least { get; init; }

    /// <summary>Options of which one must be there.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Options that make a change dangerous.</summary>
    public IReadOnlyList<string> Dangerous { get; init; } = [];

    /// <summary>Whether unknown words may follow (from xargs): no option of it does any harm.</summary>
    public bool TakesAnything { get; init; }

    /// <summary>Whether what it reads from a pipe leaves the machine, so that nothing may be piped into it.</summary>
    public bool NeedsEmptyInput { get; init; }

    /// <summary>The name of a judge written in code.</summary>
    public string? Judge { get; init; }

    /// <summary>Subcommands by name.</summary>
    public IReadOnlyDictionary<string, CommandEntry> Sub { get; init; } = new Dictionary<string, CommandEntry>();

    /// <summary>Whether it may be used without any of its subcommands.</summary>
    public bool Bare { get; init; }

    /// <summary>Whether its options are accepted after the subcommand as well.</summary>
    public bool SharesFlags { get; init; }

    /// <summary>The examples that the tests run: line and expected risk, null for anything that asks.</summary>
    public IReadOnlyList<(string Line, Risk? Risk)> Examples { get; init; } = [];
}
