using ChatOps.Checks;

namespace ChatOps.Storage;

/// <summary>Incidents.</summary>
public interface IIncidentStore
{
    /// <summary>Adds or replaces an incident.</summary>
    void Set(Incident incident);

    /// <summary>One incident.</summary>
    Incident? Find(string id);

    /// <summary>Those that are open, oldest first.</summary>
    IReadOnlyList<Incident> Open();

    /// <summary>The newest, open or not.</summary>
    IReadOnlyList<Incident> Newest(int limit);
}
