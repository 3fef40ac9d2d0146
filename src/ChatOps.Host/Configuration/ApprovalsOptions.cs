namespace ChatOps.Host;

/// <summary>Who is asked, and for how long.</summary>
public sealed class ApprovalsOptions
{
    /// <summary>How long an approval waits for people. 1 min to 7 d, default 15 min.</summary>
    public TimeSpan Expiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>When a second person must decide: <c>Always</c>, <c>WhenProd</c> (default: when a node has the label <c>env=prod</c>) or <c>Never</c>.</summary>
    public string FourEyes { get; set; } = "WhenProd";
}
