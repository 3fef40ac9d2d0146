namespace ChatOps.Tools.Halts;

internal sealed partial class HaltLiftTool
{
    public static readonly ToolManifest Definition = new("halt_lift", "halt", "Lift a halt of somebody else: what changes something may begin again. Nothing that was stopped is repeated.", ["halt lift"],
    [
        new("id", ParameterKind.Text, "Its id; not needed when only one is in force.", Position: 0),
    ])
    {
        // The nodes are the halt's: the right to lift it on them is looked at when it is known.
        TargetsInPlan = true,
        NeverAsks = true,
        OutOfTurn = true,
        Examples = ["halt lift 7KQ2", "halt lift"],
    };
}
