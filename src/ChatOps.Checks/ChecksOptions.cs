namespace ChatOps.Checks;

/// <summary>Checks (<c>Checks</c> in the configuration), and where their files are.</summary>
public sealed class ChecksOptions
{
    /// <summary>Whether checks are looked at by themselves. Default true; a workspace without enabled checks looks at nothing.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where findings are told unless a check says otherwise: <c>web:checks</c>, <c>slack:C012345</c>, <c>telegram:-100123</c>. Default <c>web:checks</c>, a conversation of the owner in the console.</summary>
    public string Target { get; set; } = "web:checks";

    /// <summary><c>Checks:Investigations</c>: when a model looks into findings.</summary>
    public InvestigationOptions Investigations { get; } = new();

    /// <summary>The workspace: <c>checks/</c> and <c>runbooks/</c> are below it.</summary>
    public string Workspace { get; set; } = "workspace";

    /// <summary>Whether this process looks at checks by itself: a command's own gateway lives for moments and does not.</summary>
    public bool Loops { get; set; } = true;

    /// <summary>Whether this process looks into findings; otherwise others on the same store do.</summary>
    public bool Works { get; set; } = true;

    /// <summary>What is wrong with a place for findings; null when it is good.</summary>
    public static string? WhyNotTarget(string value) => Findings.Places.WhyNot(value);

    /// <summary>How long the broker or a platform may be away, or in trouble, before that is told at <see cref="Target"/>: 1 s to 1 d. Default 5 min.</summary>
    public TimeSpan AwayNotice { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What <see cref="AwayNotice"/> may be.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) AwayNoticeRange = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    /// <summary>Whether this process says what is away: a command's own gateway does not.</summary>
    public bool Watches { get; set; } = true;

    /// <summary>How often the files are looked at for changes.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
