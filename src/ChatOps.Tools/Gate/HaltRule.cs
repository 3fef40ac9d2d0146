using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>What a halt holds back: everything above risk read, except what decides, ends or lifts something in the gateway itself. Asked in the transaction that lets a call begin.</summary>
internal static class HaltRule
{
    /// <summary>The refusal of a call that may not begin; null when it may.</summary>
    public static InvocationOutcome? Refusal(IStoreSession session, GateContext context) =>
        Holds(context.Manifest, context.Assessment!.Risk) && session.Halts.Open().FirstOrDefault(h => h.Covers(context.Call!.Targets)) is { } halt
            ? context.Refuse(FailureCode.Halted, $"{halt}. Nothing ran; send it again when that is lifted ('halt status').", halt.Rule)
            : null;

    /// <summary>Whether halts are about such a call at all.</summary>
    public static bool Holds(ToolManifest manifest, Risk? risk) => risk is not Risk.Read && !manifest.NeverAsks;

    /// <summary>The canonical form of the selector that a halt was asked for with.</summary>
    public static string Selector(ToolCall call) =>
        Fleet.Selector.TryParse(call.Arguments.Required("on"), out var selector, out var error) ? selector.ToString() : throw new InvalidOperationException(error);
}
