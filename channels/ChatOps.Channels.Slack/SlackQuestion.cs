namespace ChatOps.Channels.Slack;

/// <summary>A modal that asks for a reason.</summary>
/// <param name="Trigger">Opens it, once and within three seconds of the press.</param>
/// <param name="Label">The button that was pressed.</param>
/// <param name="Origin">Where the press was.</param>
internal sealed record SlackQuestion(string Trigger, string Label, SlackPressOrigin Origin);
