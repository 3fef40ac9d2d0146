using ChatOps.Checks;

namespace ChatOps.Storage;

/// <summary>Checks, what they found, and what became of it.</summary>
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

    /// <summary>Findings that are open or have work left, oldest first.</summary>
    IReadOnlyList<Finding> OpenFindings(int limit);

    /// <summary>Findings of an incident, oldest first.</summary>
    IReadOnlyList<Finding> FindingsOf(string incident, int limit);

    /// <summary>How often the agent was called since a time.</summary>
    int AskedSince(DateTimeOffset since);

    /// <summary>Adds or replaces an incident.</summary>
    void SetIncident(Incident incident);

    /// <summary>Incidents, the newest first.</summary>
    IReadOnlyList<Incident> Incidents(bool openOnly, int limit);

    /// <summary>Adds a line to an incident's timeline.</summary>
    void AddEntry(string incident, string id, IncidentEntry entry);

    /// <summary>The lines that were added, oldest first.</summary>
    IReadOnlyList<IncidentEntry> Entries(string incident, int limit);

    /// <summary>What became of a runbook note; null for none.</summary>
    RunbookRecord? Runbook(string name);

    /// <summary>Sets it.</summary>
    void SetRunbook(RunbookRecord record);
}
