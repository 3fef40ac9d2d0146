namespace ChatOps.Schedules;

/// <summary>Words by which those who ask quietly and those who answer understand each other.</summary>
public static class QuietWords
{
    /// <summary>The outcome of a message that was answered with nothing to say.</summary>
    public const string Nothing = "nothing to say";
}
