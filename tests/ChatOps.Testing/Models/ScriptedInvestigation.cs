namespace ChatOps.Testing.Models;

/// <summary>What looking into a planted fault costs, counted by the real gateway at a loopback model (FindingTests) and used where a day is reckoned (RecordedDayTests).</summary>
public static class ScriptedInvestigation
{
    /// <summary>Calls of a model for one finding: it asks for a look, and answers with what that showed.</summary>
    public const int Calls = 2;
}
