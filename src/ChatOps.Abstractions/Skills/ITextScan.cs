namespace ChatOps.Skills;

/// <summary>Looks through text from outside for what harmful texts do: hidden characters, instructions, look-alikes, payloads. It finds patterns, not intentions.</summary>
public interface ITextScan
{
    /// <summary>What was found; notes are left out.</summary>
    /// <param name="name">What the text is, for the ids of findings.</param>
    /// <param name="text">The text.</param>
    IReadOnlyList<SkillFinding> Find(string name, string text);
}
