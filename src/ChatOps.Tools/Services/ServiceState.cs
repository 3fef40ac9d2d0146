using ChatOps.Fleet;

namespace ChatOps.Tools.Services;

/// <summary>What a service is found to be.</summary>
/// <param name="Load">Whether systemd has it.</param>
/// <param name="Active">Such as <c>active</c>.</param>
/// <param name="Sub">Such as <c>running</c>.</param>
/// <param name="File">Such as <c>enabled</c>.</param>
/// <param name="Type">Such as <c>oneshot</c>.</param>
/// <param name="Result">How it ended last.</param>
internal sealed record ServiceState(string Load, string Active, string Sub, string File, string Type, string Result)
{
    /// <summary>Reads what <c>systemctl show</c> printed; <see langword="null"/> when it is not that.</summary>
    public static ServiceState? Read(ExecutionResult result)
    {
        if (!result.Succeeded) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in result.Output.Split('\n'))
        {
            if (line.Split('=', 2) is [var key, var value]) values[key] = value.Trim();
        }

        return values.TryGetValue("ActiveState", out var active)
            ? new ServiceState(
                values.GetValueOrDefault("LoadState", ""), active, values.GetValueOrDefault("SubState", ""), values.GetValueOrDefault("UnitFileState", ""), values.GetValueOrDefault("Type", ""),
                values.GetValueOrDefault("Result", ""))
            : null;
    }

    /// <summary>Whether this is what an action is for.</summary>
    public bool Fits(string action) => action switch
    {
        "start" or "restart" or "reload" => Active is "active" or "activating" or "reloading" || (Active == "inactive" && Type == "oneshot" && Result == "success"),
        "stop" => Active is "inactive" or "failed" or "deactivating",
        "enable" => File.Length == 0 || File is not ("disabled" or "masked"),
        "disable" => File.Length == 0 || !File.StartsWith("enabled", StringComparison.Ordinal),
        _ => true,
    };

    /// <inheritdoc/>
    public override string ToString() => Load == "not-found" ? "not found" : $"{Active} ({Sub})" + (File.Length == 0 ? "" : $", {File}");
}
