using ChatOps.Checks;

namespace ChatOps.Storage;

/// <summary>Where checks stand, and what they found.</summary>
public interface ICheckStore
{
    /// <summary>Where every check stands.</summary>
    IReadOnlyList<CheckState> States();

    /// <summary>Sets where a check stands.</summary>
    void SetState(CheckState state, DateTimeOffset now);

    /// <summary>Forgets a check on a target.</summary>
    void RemoveState(CheckKey key);

    /// <summary>The silences that hold at a time.</summary>
    IReadOnlyList<CheckSilence> Silences(DateTimeOffset now);

    /// <summary>Sets a silence; there is one of each check and target.</summary>
    void SetSilence(CheckSilence silence);

    /// <summary>Removes the silences of a check (of one target, when it is given); returns how many.</summary>
    int RemoveSilences(string check, string? target);

    /// <summary>Adds or replaces a finding.</summary>
    void SetFinding(Finding finding);

    /// <summary>One finding.</summary>
    Finding? Finding(string id);

    /// <summary>The newest findings, open and closed, the newest first.</summary>
    IReadOnlyList<Finding> NewestFindings(int limit);

    /// <summary>Keeps what a check measured in an hour; there is one of each hour.</summary>
    void SetValue(CheckKey key, CheckSample value);

    /// <summary>What a check measured since a time, by the hour, oldest first.</summary>
    IReadOnlyList<CheckSample> Values(CheckKey key, DateTimeOffset since);

    /// <summary>Removes what was measured before a time, a bounded number a call; returns how many.</summary>
    int PruneValues(DateTimeOffset before);

    /// <summary>Findings that are open, oldest first.</summary>
    IReadOnlyList<Finding> OpenFindings(int limit);
}
