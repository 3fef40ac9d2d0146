namespace ChatOps.Approvals;

/// <summary>When the requester may not decide their own request. Counted by principal, not by chat identity.</summary>
public enum FourEyes
{
    /// <summary>Always: every change needs a second person.</summary>
    Always,

    /// <summary>When a target is labelled <c>env=prod</c> or <c>env=production</c>.</summary>
    WhenProd,

    /// <summary>Never: one person may ask and decide.</summary>
    Never,
}
