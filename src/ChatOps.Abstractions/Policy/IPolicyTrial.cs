namespace ChatOps.Policy;

/// <summary>Tries another policy.yaml: within the work that is handed over, and nowhere else, its rules are the ones that judge. Nothing may be run there.</summary>
public interface IPolicyTrial
{
    /// <summary>Does the work under the rules of a text.</summary>
    /// <param name="policy">The text of a policy.yaml.</param>
    /// <param name="work">What is judged by it.</param>
    /// <returns>What is wrong with the text; null when the work was done.</returns>
    Task<string?> UnderAsync(string policy, Func<Task> work);
}
