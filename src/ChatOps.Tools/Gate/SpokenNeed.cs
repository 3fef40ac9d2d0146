using ChatOps.Policy;

namespace ChatOps.Tools.Gate;

/// <summary>What was heard in a voice note is never as sure as what was written: above read it is always put on a card, and a person presses.</summary>
internal static class SpokenNeed
{
    /// <summary>The rule's name, for people and the record.</summary>
    public const string Rule = "built-in: what is spoken asks first";

    /// <summary>The answer to a spoken decision.</summary>
    public const string DecidesNothing =
        "A voice note decides nothing: words can be misheard, or be somebody else's. Press the button on the card, or type the command.";

    /// <summary>Whether the invocation was spoken and does more than read.</summary>
    public static bool Applies(GateContext context) => context.Request.IsSpoken && context.Assessment!.Risk != Risk.Read;

    /// <summary>The rules' answer, made as strict as speech needs: it asks, and no standing grant is used or offered.</summary>
    public static ApprovalNeed Of(ApprovalNeed need) => need.Asks
        ? need with { AllowStanding = false }
        : new ApprovalNeed(true, Math.Max(1, need.Votes), need.Roles, false, Rule);
}
