namespace ChatOps.Identity.Pairing;

/// <summary>The bounds of letting people in.</summary>
internal static class PairingBounds
{
    /// <summary>How long a code holds.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromHours(1);

    /// <summary>How long somebody who was denied is not answered.</summary>
    public static readonly TimeSpan DeniedFor = TimeSpan.FromHours(24);

    /// <summary>How often it is said in a group that it is not admitted.</summary>
    public static readonly TimeSpan GroupAnswerInterval = TimeSpan.FromHours(24);

    /// <summary>How long a group that was not admitted is remembered.</summary>
    public static readonly TimeSpan KeepGroups = TimeSpan.FromDays(30);

    /// <summary>How many wait at once in one channel and tenant.</summary>
    public const int MaxPending = 3;

    /// <summary>How many wait at once in all of them.</summary>
    public const int MaxPendingOverall = 30;

    /// <summary>How many groups are remembered that are not admitted; in further ones nothing is said.</summary>
    public const int MaxUnadmittedGroups = 200;

    /// <summary>How many admins are asked by a card.</summary>
    public const int MaxAsked = 5;

    /// <summary>The tool whose right makes somebody an admin here, and its group.</summary>
    public const string Tool = "access_pair_approve";

    /// <summary>Its group.</summary>
    public const string ToolGroup = "access";
}
