using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>The installation that is looked at.</summary>
/// <param name="Global">The global options, to reach its gateway.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Places">Where the operator's files are.</param>
/// <param name="Data">Its data directory.</param>
internal sealed record Patient(GlobalValues Global, LoadedSettings Settings, GatewayPlaces Places, string Data);
