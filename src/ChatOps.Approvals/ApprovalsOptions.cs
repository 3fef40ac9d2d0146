using System.ComponentModel.DataAnnotations;

namespace ChatOps.Approvals;

/// <summary>Options of approvals (<c>Approvals</c> in the configuration).</summary>
public sealed class ApprovalsOptions
{
    /// <summary>How long people have to decide. 10 s to 30 days; default 15 minutes.</summary>
    public TimeSpan Expiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>When a second person is needed. Default <see cref="FourEyes.WhenProd"/>.</summary>
    public FourEyes FourEyes { get; set; } = FourEyes.WhenProd;

    /// <summary>How many approvals one person may have waiting at once; more are refused, so that cards cannot flood a team. 1 to 1,000; default 20.</summary>
    [Range(1, 1000)]
    public int MaxPendingPerPerson { get; set; } = 20;

    /// <summary>How often overdue approvals are looked for. Default 2 s. A decision checks the time itself, so this only affects when a card shows it.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the "always allow" button of a card lasts. Default 7 days, at most <see cref="MaxGrant"/>.</summary>
    public TimeSpan GrantOffer { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Longest standing grant: 30 days.</summary>
    public static readonly TimeSpan MaxGrant = TimeSpan.FromDays(30);
}
