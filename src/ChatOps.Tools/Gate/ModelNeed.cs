using ChatOps.Policy;

namespace ChatOps.Tools.Gate;

/// <summary>
/// What a model may not do by itself. It never decides: what needs no approval because it is a person's own decision is not a model's to take. And what it asks
/// for after it has read text from outside may be that text's wish: above read it is put on a card that names the source, and a person presses.
/// </summary>
internal static class ModelNeed
{
    /// <summary>The rule by which a model decides nothing.</summary>
    public const string DecidesNothingRule = "built-in: a model decides nothing";

    /// <summary>The answer to a model that decides.</summary>
    public const string DecidesNothing = "This is a person's own decision, and a model decides nothing. Nothing ran. A person can do it by its command or its button.";

    private const string TaintRule = "built-in: what is asked after reading text from outside asks first";

    /// <summary>Whether a model asks for what people decide.</summary>
    public static bool Decides(GateContext context, bool neverAsks) =>
        neverAsks && context.Request.IsGenerated && context.Assessment!.Risk != Risk.Read;

    /// <summary>Whether outside text was read before it and it does more than read.</summary>
    public static bool IsTainted(GateContext context) => context.Request.TaintedBy is not null && context.Assessment!.Risk != Risk.Read;

    /// <summary>The rules' answer, made as strict as a tainted turn needs: it asks, and no standing grant is used or offered.</summary>
    public static ApprovalNeed Of(ApprovalNeed need) => need.Asks
        ? need with { AllowStanding = false }
        : new ApprovalNeed(true, Math.Max(1, need.Votes), need.Roles, false, TaintRule);
}
