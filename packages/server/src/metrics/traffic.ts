/** What came to the server since it began, whoever sent it. */
export class Traffic {
  readonly answers: Map<number, number> = new Map();
  reportsIn = 0;
  reportBytesIn = 0;
  refusedIn = 0;

  answered(status: number): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }

  /** A report that was sent in, and whether it was taken. */
  received(bytes: number, isTaken: boolean): void {
    if (isTaken) this.reportsIn++;
    else this.refusedIn++;
    this.reportBytesIn += bytes;
  }
}
