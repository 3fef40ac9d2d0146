using ChatOps.Rendering;

namespace ChatOps.Checks;

/// <summary>What a check measured, as a chart.</summary>
public static class CheckChart
{
    /// <summary>Makes it.</summary>
    /// <param name="state">Where the check stands.</param>
    /// <param name="values">What it measured, oldest first.</param>
    public static LineChart Of(CheckState state, IReadOnlyList<CheckSample> values) =>
        new(state.Key.ToString(), state.Unit, [.. values.Where(v => v.Value is not null).Select(v => (v.At, v.Value!.Value))]);
}
